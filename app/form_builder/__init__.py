"""Writing forms without code: drafts side by side, trying them out, publishing the next version."""
