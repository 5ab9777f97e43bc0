"""Queries about reviewers, assignments and the balanced plan."""
