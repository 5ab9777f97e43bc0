"""Queries about applications."""
