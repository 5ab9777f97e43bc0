"""What was decided, in private, and telling everybody at once."""
