"""How an enterprise is drawn and found."""
