"""Rules: outcomes and answers, checks before an announcement, and names in texts."""
