"""The jury around one table: order, clock, who leaves, what is decided, and the minutes."""
