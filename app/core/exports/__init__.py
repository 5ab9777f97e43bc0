"""Writing lists, calendars, feeds and documents as files; the columns come from the rooms."""
