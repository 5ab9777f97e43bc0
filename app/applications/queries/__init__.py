"""Every question about applications that the database answers."""
