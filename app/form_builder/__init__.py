"""Edit application forms without code: drafts, preview, publishing versions."""
