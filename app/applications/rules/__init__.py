"""Rules: states, references, submission window, rights."""
