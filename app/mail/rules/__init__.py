"""Rules: states of letters, from text to mail, and the team's wording."""
