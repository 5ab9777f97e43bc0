"""Forms about programmes and calls."""
