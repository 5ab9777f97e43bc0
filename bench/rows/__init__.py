"""One file for each measurement: its first sentence says what it is, `measure(bench)` gives its figures."""
