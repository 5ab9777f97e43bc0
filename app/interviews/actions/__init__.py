"""Making slots, inviting, choosing one, changing, cancelling, reminding, and keeping what was said."""
