"""Queries about decisions, places and what applicants read."""
