"""Tell on a page with several texts which of them the sender changed, and which a colleague changed meanwhile."""

import hashlib
import json
from collections.abc import Set as AbstractSet
from typing import TypeVar

Typed = TypeVar("Typed", str, dict[str, str])


def fingerprint(typed: Typed) -> str:
    """A short digest by which a page shows which text it was loaded with."""
    return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]


def merged(sent: Typed, *, seen: str, stored: Typed) -> Typed | None:
    """The text to keep; None when both the sender and somebody else changed it.

    `seen`: the fingerprint of the text with which the sender's page was loaded.
    """
    if fingerprint(sent) == seen:
        return stored
    return sent if sent == stored or fingerprint(stored) == seen else None


def merged_ticks(sent: AbstractSet[int], *, seen: AbstractSet[int], stored: AbstractSet[int]) -> set[int]:
    """The boxes to tick: as they are stored, but for those that the sender changed.

    `seen`: the boxes that were ticked when the sender's page was loaded.
    """
    return (set(stored) | (sent - seen)) - (seen - sent)
