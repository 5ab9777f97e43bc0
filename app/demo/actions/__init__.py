"""Writing a fabricated world; every row says that it is one, unless somebody wants it otherwise."""
