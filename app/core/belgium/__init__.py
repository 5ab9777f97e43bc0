"""Fixed lists of Belgium with both names, working days, and the enterprise number."""
