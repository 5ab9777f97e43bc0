"""How figures are drawn."""

from app.impact.rules.drawings import arches, bars, block, doors, gables

__all__ = ["arches", "bars", "block", "doors", "gables"]
