"""Actions on applications."""
