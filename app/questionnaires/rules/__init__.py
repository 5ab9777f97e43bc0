"""What a form is, when a question is asked, and what an answer is worth. No database, no request."""
