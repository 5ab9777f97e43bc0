"""Playing a whole call on fabricated applicants, to see what would go wrong before real people come."""
