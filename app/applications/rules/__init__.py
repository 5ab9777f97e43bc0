"""States, references and what may be done when."""
