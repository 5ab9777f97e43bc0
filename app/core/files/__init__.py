"""Uploaded files: checking and storing them."""
