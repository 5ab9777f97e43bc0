"""What a review is worth and still lacks, who sees what of a file, and what changed in it. No database, no request."""
