"""Meeting applicants: slots to choose from, and what was said."""
