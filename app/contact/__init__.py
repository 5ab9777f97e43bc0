"""What visitors write to the team."""
