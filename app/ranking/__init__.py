"""The applications of a call in a reproducible order."""
