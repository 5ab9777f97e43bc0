"""What is hidden from whom, and why."""
