"""What the interface writes."""
