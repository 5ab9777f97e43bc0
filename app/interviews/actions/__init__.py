"""Create slots, invite, choose, change, cancel, remind, and keep notes."""
