"""What a ranking is made of, calls in selection, and two files beside each other."""
