"""A small believable world for development, tests and measurements."""
