"""What visitors and the team send about programmes and calls."""
