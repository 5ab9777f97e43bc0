"""Letters: written in the transaction of the deed that causes them, sent afterwards, each once."""
