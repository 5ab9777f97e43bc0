"""Stable identifiers for calendar entries and feed items."""

import uuid
from datetime import UTC, datetime

OURS = uuid.UUID("6f1c2a52-2f0f-5c0a-9a53-1d4f3c9a7be0")  # never change it: every identifier is derived from it
BEGINNING = datetime(2016, 1, 1, tzinfo=UTC)  # Coopcity began in 2016: nothing is older


def stable_uuid(kind: str, key: str) -> uuid.UUID:
    """The UUID of a thing, independent of its texts, dates and address."""
    return uuid.uuid5(OURS, f"{kind}:{key}")
