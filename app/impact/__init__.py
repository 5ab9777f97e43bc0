"""Public figures with their date and source."""
