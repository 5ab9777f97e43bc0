"""Rules of reviews: scores, completeness, blind review, changes. No database, no request."""
