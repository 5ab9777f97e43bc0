"""Names that never change: by them the calendars and feed readers of others know again what they hold."""

import uuid
from datetime import UTC, datetime

OURS = uuid.UUID("6f1c2a52-2f0f-5c0a-9a53-1d4f3c9a7be0")  # never change it: every name is made from it
BEGINNING = datetime(2016, 1, 1, tzinfo=UTC)  # Coopcity began in 2016: nothing of ours is older


def stable_uuid(kind: str, key: str) -> uuid.UUID:
    """The name of one thing, whatever becomes of its words, dates and address."""
    return uuid.uuid5(OURS, f"{kind}:{key}")
