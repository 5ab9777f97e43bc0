"""Actions on letters, and on the wording of their kinds."""
