"""The reviewers of a call, and their assignments."""
