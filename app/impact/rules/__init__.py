"""How figures are drawn."""

from app.impact.rules.drawings import arches, block, doors, gables

__all__ = ["arches", "block", "doors", "gables"]
