"""One file per measurement: a sentence, and `measure(bench)`."""
