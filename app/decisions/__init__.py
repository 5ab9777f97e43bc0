"""Decisions: private at first, then announced together."""
