"""What the team does with files that were handed in: finding them, reading, taking steps, noting, answering."""
