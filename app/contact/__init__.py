"""Messages from visitors to the team."""
