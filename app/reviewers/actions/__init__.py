"""Every write about readers and what they read."""
