"""What readers may read, what they wrote, and what they say to each other."""
