"""Write lists, calendars, feeds and documents as files; the rooms define the columns."""
