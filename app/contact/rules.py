"""How long a message may be, and how long it is kept."""

import re
from datetime import timedelta

LONGEST_MESSAGE = 5000
KEPT_AFTER_HANDLING = timedelta(days=183)
ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
