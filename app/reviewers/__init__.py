"""Who reads for a call, and which file goes to whom."""
