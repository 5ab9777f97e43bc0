"""The maximum length of a message."""

import re

LONGEST_MESSAGE = 5000
ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
