"""Who asked for an e-mail when a call opens, or for the newsletter: confirmed, renewed, stopped with one click."""
