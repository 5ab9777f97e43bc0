"""Deciding in private, telling everybody at once, and what becomes of the places."""
