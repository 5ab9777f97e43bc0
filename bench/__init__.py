"""The measurements of PERFORMANCE.md: the real site on its own data folder, under load, as a table."""
