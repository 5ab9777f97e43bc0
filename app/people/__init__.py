"""Who works here: roles, and leaving."""
