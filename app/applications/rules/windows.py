"""When an application may still change: the call's own rule, and who was writing when it closed."""

from datetime import datetime, timedelta

from app.applications.rules.states import EDITABLE, State
from app.programmes.rules import accepts_submission


def may_edit(
    state: State,
    *,
    opens_at: datetime,
    closes_at: datetime | None,
    grace_minutes: int,
    last_saved_at: datetime,
    at: datetime,
) -> bool:
    """May answers be saved and handed in at this instant?

    A draft: from opening to closing, and a little longer by whoever was writing when the call closed.
    A file that staff sent back to be completed: always.
    """
    if state not in EDITABLE:
        return False
    if state is State.INCOMPLETE:
        return True
    writing = was_writing(closes_at, grace_minutes, last_saved_at)
    return at >= opens_at and accepts_submission(closes_at, grace_minutes, at, was_writing=writing)


def was_writing(closes_at: datetime | None, grace_minutes: int, last_saved_at: datetime) -> bool:
    """Did this person save anything within one grace period before closing time, or since?"""
    return closes_at is not None and last_saved_at >= closes_at - timedelta(minutes=grace_minutes)
