"""Actions on programmes and calls."""
