"""The team's first page: what waits."""
