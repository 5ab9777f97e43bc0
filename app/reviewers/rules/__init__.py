"""How a call is read, and how its files are spread over its readers."""
