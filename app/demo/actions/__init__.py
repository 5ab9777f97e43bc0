"""Write fabricated data; every row is marked as practice data unless asked otherwise."""
