"""Writing lists as files; the columns come from the rooms."""
