"""Conflicts of interest: an application is hidden everywhere from people who are too close to it."""
