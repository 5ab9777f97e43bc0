"""One search index, on SQLite and on PostgreSQL."""
