"""Queries of the team about applications."""
