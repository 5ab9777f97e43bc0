"""A section as a page: its fields on the way out, its raw answers on the way back."""
