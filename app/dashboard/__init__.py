"""The team's first page: open tasks."""
