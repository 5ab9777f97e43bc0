"""Rows of interviews for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from app.accounts.models import Person
from app.applications.models import Application
from app.core import clock
from app.interviews.models import Interview, Interviewer, Slot
from app.programmes.models import Call
from tests.builders import added, both

DAYS_AHEAD = 10


def a_slot(
    call: Call, interview: Interview | None = None, *, hour: int = 14, people: tuple[Person, ...] = (), **values: Any
) -> Slot:
    """Half an hour in ten days, at this hour of Brussels."""
    day = clock.day_of(clock.now()) + timedelta(days=DAYS_AHEAD)
    starts_at: datetime = values.pop("starts_at", clock.brussels(day, hour))
    made = added(
        Slot(
            key=values.pop("key", f"slot-{starts_at:%m%d%H%M}-{call.id}"),
            call_id=call.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            place=values.pop("place", both("Zaal 1", "Salle 1")),
            interview_id=interview.id if interview else None,
            revised_at=clock.now(),
            **values,
        )
    )
    for person in people:
        added(Interviewer(slot_id=made.id, person_id=person.id))
    return made


def an_interview(application: Application, *, choose_by: date | None = None) -> Interview:
    """Invited now, a week to choose."""
    at = clock.now()
    day = choose_by or clock.day_of(at) + timedelta(days=7)
    return added(Interview(application_id=application.id, invited_at=at, choose_by=day))
