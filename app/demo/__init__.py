"""Fabricated data for development, tests and measurements."""
