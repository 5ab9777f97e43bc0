"""Detect concurrent edits on a page with several texts."""

import hashlib
import json
from collections.abc import Set as AbstractSet
from typing import TypeVar

Typed = TypeVar("Typed", str, dict[str, str])


def fingerprint(typed: Typed) -> str:
    """A short digest of the text that a page was loaded with."""
    return hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()[:16]


def merged(sent: Typed, *, seen: str, stored: Typed) -> Typed | None:
    """The text to store; None when both the sender and somebody else changed it.

    `seen`: the fingerprint of the text that the sender's page was loaded with.
    """
    if fingerprint(sent) == seen:
        return stored
    return sent if sent == stored or fingerprint(stored) == seen else None


def merged_ticks(sent: AbstractSet[int], *, seen: AbstractSet[int], stored: AbstractSet[int]) -> set[int]:
    """The ticked boxes: as stored, except those that the sender changed.

    `seen`: the boxes ticked when the sender's page was loaded.
    """
    return (set(stored) | (sent - seen)) - (seen - sent)
