"""Cleaning, comparing and rendering the texts that people write."""
