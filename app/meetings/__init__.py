"""Jury meetings: agenda, presence, decisions and minutes."""
