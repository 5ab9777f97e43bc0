"""Technical code that knows no room and no domain word."""
