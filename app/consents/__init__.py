"""Consents: one record per purpose, from the moment it is given until it is withdrawn."""
