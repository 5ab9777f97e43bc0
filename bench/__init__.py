"""The measurements of PERFORMANCE.md: the real site on a data folder of its own, under load, as a table."""
