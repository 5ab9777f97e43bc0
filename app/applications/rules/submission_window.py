"""When a file may still change: the rule of the call, a deadline of its own, and who was writing at closing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.applications.rules.states import EDITABLE, State
from app.programmes.rules.calls import accepts_submission


@dataclass(frozen=True)
class SubmissionWindow:
    """What decides whether a file is open. `late_until`: a later deadline for this file alone."""

    opens_at: datetime
    closes_at: datetime | None
    grace_minutes: int
    last_saved_at: datetime
    late_until: datetime | None = None
    is_rehearsal: bool = False

    @property
    def deadline(self) -> datetime | None:
        """The last moment for this file; None while the call is rolling."""
        return max(self.closes_at, self.late_until or self.closes_at) if self.closes_at else None


@dataclass(frozen=True)
class Deadline:
    """Until when somebody may hand in; `in_grace`: only because they were writing when the deadline passed."""

    until: datetime
    in_grace: bool = False
    is_over: bool = False


def deadline_of(state: State, window: SubmissionWindow, at: datetime) -> Deadline | None:
    """The deadline that holds for this file and its people at this instant.

    None without one: the call is rolling, staff sent the file back with a date of its own, or it is a rehearsal whose
    call has closed.
    """
    deadline = window.deadline
    if deadline is None or state is State.INCOMPLETE:
        return None
    if at < deadline:
        return Deadline(deadline)
    if window.is_rehearsal:
        return None
    if was_writing(deadline, window.grace_minutes, window.last_saved_at):
        until = deadline + timedelta(minutes=window.grace_minutes)
        return Deadline(until, in_grace=True, is_over=at >= until)
    return Deadline(deadline, is_over=True)


def may_edit(state: State, window: SubmissionWindow, at: datetime) -> bool:
    """May answers be saved and handed in at this instant? One rule for list, page, button and hand-in.

    A draft, and a file that was handed in and is corrected: from opening to closing, and a little longer by whoever
    was writing when the call closed. A file that staff sent back to be completed: always. A rehearsal: always.
    """
    if state not in EDITABLE:
        return False
    if state is State.INCOMPLETE or window.is_rehearsal:
        return True
    writing = was_writing(window.deadline, window.grace_minutes, window.last_saved_at)
    return at >= window.opens_at and accepts_submission(window.deadline, window.grace_minutes, at, was_writing=writing)


def is_in_grace(window: SubmissionWindow, at: datetime) -> bool:
    """Is the deadline over, so that only who was writing may still hand in?"""
    return window.deadline is not None and at >= window.deadline


def was_writing(deadline: datetime | None, grace_minutes: int, last_saved_at: datetime) -> bool:
    """Did this person save anything within one grace period before closing time, or since?"""
    return deadline is not None and last_saved_at >= deadline - timedelta(minutes=grace_minutes)
