"""Queries about conflicts of interest."""
