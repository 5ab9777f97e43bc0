"""Question kinds."""
