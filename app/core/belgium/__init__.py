"""Belgian reference data: lists in both languages, working days, enterprise numbers."""
