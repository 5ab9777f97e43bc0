"""When a call is open: one rule for every list, page, button and submission."""

import enum
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol, TypeVar

from app.core import clock

SOON = timedelta(days=7)
NEVER = datetime.max.replace(tzinfo=UTC)


class CallState(enum.StrEnum):
    """The state of a call at one moment."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    CLOSED = "closed"
    ROLLING = "rolling"


class StepState(enum.StrEnum):
    """The state of a timeline step on one day; NOW is the first that is not past."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


class Dated(Protocol):
    """Anything with an opening and an optional closing."""

    @property
    def opens_at(self) -> datetime: ...

    @property
    def closes_at(self) -> datetime | None: ...


AnyCall = TypeVar("AnyCall", bound=Dated)

TAKES_APPLICATIONS = frozenset({CallState.OPEN, CallState.CLOSING_SOON, CallState.ROLLING})
URGENCY = [CallState.CLOSING_SOON, CallState.OPEN, CallState.ROLLING, CallState.SCHEDULED, CallState.CLOSED]


def call_state(opens_at: datetime, closes_at: datetime | None, at: datetime) -> CallState:
    """The state of a call: open from its opening until just before its closing."""
    if at < opens_at:
        return CallState.SCHEDULED
    if closes_at is None:
        return CallState.ROLLING
    if at >= closes_at:
        return CallState.CLOSED
    return CallState.CLOSING_SOON if days_left(closes_at, at) <= SOON.days else CallState.OPEN


def urgency(state: CallState | None) -> int:
    """Sort key by urgency: closing soon, open, scheduled; no call comes last."""
    return URGENCY.index(state) if state else len(URGENCY)


def is_open(opens_at: datetime, closes_at: datetime | None, at: datetime) -> bool:
    """True when an application can be started now."""
    return call_state(opens_at, closes_at, at) in TAKES_APPLICATIONS


def accepts_submission(closes_at: datetime | None, grace_minutes: int, at: datetime, was_writing: bool) -> bool:
    """True when this application can be submitted now. Grace applies to who was writing before the deadline."""
    if closes_at is None or at < closes_at:
        return True
    return was_writing and at < closes_at + timedelta(minutes=grace_minutes)


def days_left(closes_at: datetime, at: datetime) -> int:
    """Midnights in Brussels until the deadline: calendar days, not 24-hour periods."""
    return (clock.day_of(closes_at) - clock.day_of(at)).days


def current_call(calls: Iterable[AnyCall], at: datetime) -> AnyCall | None:
    """The call to show: the open one that closes first, else the next to open, else the last."""
    running: list[AnyCall] = []
    coming: list[AnyCall] = []
    over: list[AnyCall] = []
    for call in calls:
        state = call_state(call.opens_at, call.closes_at, at)
        place = running if state in TAKES_APPLICATIONS else coming if state == CallState.SCHEDULED else over
        place.append(call)
    if running:
        return min(running, key=lambda call: (call.closes_at or NEVER, call.opens_at))
    if coming:
        return min(coming, key=lambda call: call.opens_at)
    return max(over, key=lambda call: (call.closes_at or NEVER, call.opens_at), default=None)


class Planned(Protocol):
    """A dated step of a call."""

    @property
    def on(self) -> date: ...

    @property
    def reaches(self) -> str: ...


AnyStep = TypeVar("AnyStep", bound=Planned)


def closing_step(steps: Iterable[AnyStep], closes_at: datetime | None) -> AnyStep | None:
    """The step that tells the closing: the last one on its day that leaves an application submitted."""
    if closes_at is None:
        return None
    last_day = clock.day_of(closes_at)
    return next((one for one in reversed(list(steps)) if one.reaches == "submitted" and one.on == last_day), None)


def closed_early_from(
    before: datetime | None, closes_at: datetime | None, at: datetime, *, known: datetime | None = None
) -> datetime | None:
    """The deadline that held when the call closed early; None for a call that is open, or closed on its day.

    `known`: the deadline before an earlier change of the same kind.
    """
    if closes_at is None or closes_at > at:
        return None
    announced = known or before
    return announced if announced is not None and announced > max(closes_at, at) else known


def step_states(days: Sequence[date], today: date) -> list[StepState]:
    """Past, current and future steps, for days in order."""
    coming = [day for day in days if day >= today]
    following = coming[0] if coming else None
    states = []
    for day in days:
        if day < today:
            states.append(StepState.DONE)
        else:
            states.append(StepState.NOW if day == following else StepState.NEXT)
    return states
