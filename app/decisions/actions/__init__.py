"""Record decisions, announce them, and manage the places."""
