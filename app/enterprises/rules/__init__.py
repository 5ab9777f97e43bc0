"""How enterprises are drawn and filtered."""
