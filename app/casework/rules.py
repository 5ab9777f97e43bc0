"""Reasons for inadmissibility, steps for several applications, and orders of the list."""

import enum
from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State, possible_moves


class Reason(enum.StrEnum):
    """Why an application is not admissible; counted for the Region (domain facts, 7c)."""

    OUTSIDE_BRUSSELS = "outside_brussels"
    PURPOSE = "purpose"
    STAGE = "stage"
    GOVERNANCE = "governance"
    INCOMPLETE = "incomplete"
    DOUBLE = "double"
    LATE = "late"
    OTHER = "other"


REASON_NAMES = {
    Reason.OUTSIDE_BRUSSELS: _l("The activity does not take place in the Brussels Region."),
    Reason.PURPOSE: _l("The social purpose does not come first."),
    Reason.STAGE: _l("The project is at another stage than the programme is made for."),
    Reason.GOVERNANCE: _l("The way of deciding does not fit a social enterprise."),
    Reason.INCOMPLETE: _l("The file is still incomplete."),
    Reason.DOUBLE: _l("The same project was handed in before."),
    Reason.LATE: _l("The file came in too late."),
    Reason.OTHER: _l("There is another reason, explained below."),
}

# Their message to the applicant is about one application only.
ONE_BY_ONE = frozenset({State.INCOMPLETE, State.INELIGIBLE, State.INTERVIEW})


def moves_together(states: Iterable[str]) -> list[State]:
    """The steps that all of these applications allow and that need no message."""
    found: set[State] | None = None
    for state in set(states):
        allowed = set(possible_moves(State(state))) - ONE_BY_ONE
        found = allowed if found is None else found & allowed
    return [state for state in State if state in (found or set())]


class CheckFlag(enum.StrEnum):
    """What the person who checks an application should look at."""

    GAPS = "gaps"
    SAME_PERSON = "same_person"
    SAME_TITLE = "same_title"
    OUTSIDE = "outside"
    GRACE = "grace"


class RoundState(enum.StrEnum):
    """What became of a request to complete an application."""

    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


def round_state(
    state: State, *, asked_at: datetime, until: date | None, handed_in_at: datetime | None, today: date
) -> RoundState:
    """Answered once it was handed in again; unanswered when the team went on without that."""
    if handed_in_at is not None and handed_in_at > asked_at:
        return RoundState.ANSWERED
    if state is not State.INCOMPLETE:
        return RoundState.UNANSWERED
    return RoundState.LATE if until is not None and today > until else RoundState.WAITING
