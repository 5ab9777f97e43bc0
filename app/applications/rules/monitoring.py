"""Counts of answers to the optional questions, released so that nobody can be found in them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.applications.rules.submission_window import SubmissionWindow

SMALLEST_GROUP = 5


def asks_statistics(window: SubmissionWindow, at: datetime) -> bool:
    """Are the optional questions asked of somebody who hands in now?

    Only while the call takes everybody: after that, and in a call without a deadline, the difference that one
    application makes in the counts would tell what its writer answered.
    """
    return window.closes_at is not None and at <= window.closes_at + timedelta(minutes=window.grace_minutes)


def are_complete(closes_at: datetime | None, grace_minutes: int, at: datetime) -> bool:
    """Does no further answer come in? Counts are shown from then on."""
    return closes_at is not None and at > closes_at + timedelta(minutes=grace_minutes)


def released(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts of one question; None for what stays hidden.

    A group of 1 to 4 is hidden. So that it cannot be computed from the total, the smallest other groups are hidden
    with it until at least two are, which together count at least 5; where that is impossible, all are.
    """
    hidden = {code for code, count in counts.items() if 0 < count < SMALLEST_GROUP}
    shown = sorted((count, code) for code, count in counts.items() if count >= SMALLEST_GROUP)
    while hidden and shown and (len(hidden) < 2 or sum(counts[code] for code in hidden) < SMALLEST_GROUP):
        hidden.add(shown.pop(0)[1])
    if hidden and (len(hidden) < 2 or sum(counts[code] for code in hidden) < SMALLEST_GROUP):
        return dict.fromkeys(counts)
    return {code: None if code in hidden else count for code, count in counts.items()}


def released_total(counts: Mapping[str, int]) -> int | None:
    """How many answered the question; None where the groups are hidden altogether."""
    total = sum(counts.values())
    return total if total >= SMALLEST_GROUP else None
