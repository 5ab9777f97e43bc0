"""Believable data from parts that fit in both languages; the same seed gives the same data."""
