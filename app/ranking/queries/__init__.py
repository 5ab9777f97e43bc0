"""Queries of the ranking, of calls in selection, and of two applications side by side."""
