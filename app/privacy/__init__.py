"""What we hold about a person: to read, to take along, to correct, to erase; and what goes by itself in time."""
