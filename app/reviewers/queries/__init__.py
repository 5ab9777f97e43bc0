"""Who reads for a call, what they have to read, and the balanced plan."""
