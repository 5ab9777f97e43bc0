"""What the site draws by itself: houses, the street, and the pictures made of them, all from one set of lines."""
