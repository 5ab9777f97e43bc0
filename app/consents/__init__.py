"""Consents: one record for each purpose that somebody agreed to, from the moment it is given until it is withdrawn."""
