"""Rules of forms: definitions, conditions, answers. No database, no request."""
