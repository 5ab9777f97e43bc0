"""The agenda."""
