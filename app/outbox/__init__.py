"""The team's post: what waits, what left, what did not arrive, and how each letter is worded."""
