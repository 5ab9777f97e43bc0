"""The states of a letter, how its text becomes a mail, and what the team may write in it."""
