"""Limits on what people send, in bytes."""

MEGABYTE = 1_000_000
MAX_FILE = 5 * MEGABYTE  # one file; errorpages.py names it in a sentence
MAX_BODY = 20 * MEGABYTE  # one request, files and fields together; the same sentence
MAX_FILES_TOGETHER = MAX_BODY - MEGABYTE // 2  # leaves room for the texts of the same form
LONGEST_TEXT = 100_000  # one answer
