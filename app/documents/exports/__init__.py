"""Files on paper, in tables and in archives."""
