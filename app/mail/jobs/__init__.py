"""Send due letters."""
