"""Counts of answers to the optional questions, released so that no person can be identified."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.applications.rules.submission_window import SubmissionWindow

SMALLEST_GROUP = 5


def asks_statistics(window: SubmissionWindow, at: datetime) -> bool:
    """True when the optional questions are asked on submission.

    Only while the call takes everybody: later, or in a rolling call, the change of a count would reveal a single
    answer.
    """
    return window.closes_at is not None and at <= window.closes_at + timedelta(minutes=window.grace_minutes)


def are_complete(closes_at: datetime | None, grace_minutes: int, at: datetime) -> bool:
    """True when no further answer can come in; counts are shown from then on."""
    return closes_at is not None and at > closes_at + timedelta(minutes=grace_minutes)


def released(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts of one question; None where hidden.

    Groups of 1 to 4 are hidden. So that they cannot be computed from the total, the smallest other groups are hidden
    too until at least two are hidden that count at least 5 together; where that is impossible, all are hidden.
    """
    hidden = {code for code, count in counts.items() if 0 < count < SMALLEST_GROUP}
    shown = sorted((count, code) for code, count in counts.items() if count >= SMALLEST_GROUP)
    while hidden and shown and (len(hidden) < 2 or sum(counts[code] for code in hidden) < SMALLEST_GROUP):
        hidden.add(shown.pop(0)[1])
    if hidden and (len(hidden) < 2 or sum(counts[code] for code in hidden) < SMALLEST_GROUP):
        return dict.fromkeys(counts)
    return {code: None if code in hidden else count for code, count in counts.items()}


def released_total(counts: Mapping[str, int]) -> int | None:
    """How many answered the question; None when all groups are hidden."""
    total = sum(counts.values())
    return total if total >= SMALLEST_GROUP else None
