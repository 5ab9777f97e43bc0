"""How a call is read, before anybody decides otherwise (domain facts, 6.4: process rules)."""

import enum

READINGS, MOST_FILES = 3, 12
WIDE_SPREAD, BAND = 2, 5


class Blind(enum.StrEnum):
    """Until when readers do not see who applies."""

    NEVER = ""
    SCORED = "scored"  # until one's own scores are in
    JURY = "jury"  # until the jury meets
    TOLD = "told"  # until the decision is told
