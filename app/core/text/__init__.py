"""Clean, compare and render texts."""
