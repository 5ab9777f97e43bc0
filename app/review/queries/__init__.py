"""Queries: what reviewers may read, their reviews and comments."""
