"""Programmes and calls: as visitors see them, and as the team works on them."""
