"""Data subject rights and retention. Statistics stay, without names."""
