"""Applications as the team lists, counts and reads them."""
