"""Actions of a call on its applications."""
