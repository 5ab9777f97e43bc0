"""Every deed of a call on the files that are written for it."""
