"""How long things stay (domain facts, section 5: proposed, for the centre to confirm), and who is not erased yet."""

from datetime import datetime, timedelta

from app.applications.rules import State

DRAFTS_KEPT = timedelta(days=90)  # after the call closed
ROLLING_DRAFTS_KEPT = timedelta(days=365)  # after the last word, where no call closes
WARNED_BEFORE = timedelta(days=14)
SETTLED_KEPT = timedelta(days=183)  # after the outcome was told, or the file was taken back
LOOKS_KEPT = timedelta(days=365)
LETTERS_KEPT = timedelta(days=730)
ENDED = frozenset({State.DECLINED, State.INELIGIBLE, State.WITHDRAWN, State.DECLINED_BY_TEAM})
TAKING_PART = frozenset({State.ACCEPTED, State.CONFIRMED})


def draft_ends_at(saved_at: datetime, closes_at: datetime | None) -> datetime:
    """When a draft that nobody handed in is deleted; whoever goes on writing keeps it longer."""
    if closes_at is None:
        return saved_at + ROLLING_DRAFTS_KEPT
    return max(saved_at, closes_at) + DRAFTS_KEPT
