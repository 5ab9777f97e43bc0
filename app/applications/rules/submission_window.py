"""When an application may change: the dates of the call, a deadline of its own, and grace for who was writing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.applications.rules.states import EDITABLE, State
from app.programmes.rules.calls import accepts_submission


@dataclass(frozen=True)
class SubmissionWindow:
    """The values that decide whether an application is open. `late_until`: a later deadline of its own."""

    opens_at: datetime
    closes_at: datetime | None
    grace_minutes: int
    last_saved_at: datetime
    late_until: datetime | None = None
    is_rehearsal: bool = False

    @property
    def deadline(self) -> datetime | None:
        """The deadline without grace; None while the call is rolling."""
        return max(self.closes_at, self.late_until or self.closes_at) if self.closes_at else None


@dataclass(frozen=True)
class Deadline:
    """Until when the team may submit; `in_grace`: only because they were writing at the deadline."""

    until: datetime
    in_grace: bool = False
    is_over: bool = False


def deadline_of(state: State, window: SubmissionWindow, at: datetime) -> Deadline | None:
    """The deadline that applies at this moment.

    None for a rolling call, an application that was sent back with a date of its own, and a rehearsal of a closed call.
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
    """True when answers may be saved and submitted at this moment. One rule for list, page, button and submission.

    Drafts and submitted applications: from opening to closing, plus grace for who was writing at closing. Sent back for
    completion, or a rehearsal: always.
    """
    if state not in EDITABLE:
        return False
    if state is State.INCOMPLETE or window.is_rehearsal:
        return True
    writing = was_writing(window.deadline, window.grace_minutes, window.last_saved_at)
    return at >= window.opens_at and accepts_submission(window.deadline, window.grace_minutes, at, was_writing=writing)


def is_in_grace(state: State, window: SubmissionWindow, at: datetime) -> bool:
    """True after the deadline, when only grace allows submitting; not for a completion that the team asked for."""
    return state is not State.INCOMPLETE and window.deadline is not None and at >= window.deadline


def was_writing(deadline: datetime | None, grace_minutes: int, last_saved_at: datetime) -> bool:
    """True when something was saved within one grace period before the deadline, or since."""
    return deadline is not None and last_saved_at >= deadline - timedelta(minutes=grace_minutes)
