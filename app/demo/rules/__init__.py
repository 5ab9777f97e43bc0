"""Believable things, made of parts that fit in both languages; the same seed makes the same ones."""
