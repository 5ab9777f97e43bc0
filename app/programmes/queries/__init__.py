"""Queries about programmes and calls, for visitors and for the team."""
