"""The language of a request, values in two languages, and how each language writes things."""
