"""Every deed on a letter, and on the words of a kind."""
