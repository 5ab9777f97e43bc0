"""Applications as PDF, tables and archives."""
