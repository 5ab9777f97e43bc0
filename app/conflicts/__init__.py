"""Conflicts of interest: whoever is too close to a file, from whom it is hidden everywhere."""
