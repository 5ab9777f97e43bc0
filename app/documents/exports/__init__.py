"""Applications as PDF, in tables and in archives."""
