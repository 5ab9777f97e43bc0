"""Queries about personal data."""
