"""A section as a page: render its fields, read its answers."""
