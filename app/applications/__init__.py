"""Drafts, answers, files, hand-in and the states of a file."""
