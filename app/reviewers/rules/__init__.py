"""Rules: review plans, balanced assignment, redaction."""
