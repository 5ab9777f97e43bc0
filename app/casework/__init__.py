"""What the team does with submitted applications: search, read, change state, add notes, answer messages."""
