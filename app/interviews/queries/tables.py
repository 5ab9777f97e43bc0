"""Interviewers, and cancelled appointments for calendars."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.interviews.models import CalledOff, Interview, Interviewer, Slot
from app.interviews.queries.common import still_meant
from app.programmes.models import Call
from app.reviewers.models import Reviewer


def possible_interviewers(call_id: int, staff: Iterable[Person]) -> list[Any]:
    """Reviewers of this call and colleagues, by name: rows of id and name."""
    reviewers = select(Reviewer.person_id).where(Reviewer.call_id == call_id, Reviewer.left_at.is_(None))
    ids = [one.id for one in staff]
    wanted = select(Person.id, Person.name).where(or_(Person.id.in_(reviewers), Person.id.in_(ids)))
    return list(db.session.execute(wanted.order_by(Person.name, Person.id)))


def busy(people: Iterable[int], begins: datetime, ends: datetime, *, but: int = 0) -> list[Any]:
    """When these people are interviewing between two moments, in any call: rows of name, starts_at and ends_at."""
    wanted = (
        select(Person.name, Slot.starts_at, Slot.ends_at)
        .join(Interviewer, Interviewer.slot_id == Slot.id)
        .join(Person, Person.id == Interviewer.person_id)
        .where(Person.id.in_(list(people)), Slot.starts_at < ends, Slot.ends_at > begins, Slot.id != but)
    )
    return list(db.session.execute(wanted.order_by(Slot.starts_at, Person.name)))


def sits_at(person_id: int, after: datetime) -> list[Any]:
    """The slots of an interviewer: rows of Slot, Call, and the application unless it is hidden from them."""
    comes = and_(Application.id == Interview.application_id, open_to(person_id), still_meant())
    wanted = (
        select(
            Slot,
            Call,
            Application.id.label("application_id"),
            Application.reference,
            Application.language.label("spoken"),
        )
        .join(Interviewer, Interviewer.slot_id == Slot.id)
        .join(Call, Call.id == Slot.call_id)
        .outerjoin(Interview, Interview.id == Slot.interview_id)
        .outerjoin(Application, comes)
        .where(Interviewer.person_id == person_id, Slot.ends_at > after)
    )
    return list(db.session.execute(wanted.order_by(Slot.starts_at, Slot.id)))


def people(ids: Iterable[int]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(list(ids))).order_by(Person.id)))


def called_off(interview: Interview) -> CalledOff | None:
    """The cancelled appointment of this application."""
    return db.session.scalar(select(CalledOff).where(CalledOff.interview_id == interview.id))


def called_off_for(person_id: int, after: datetime) -> list[Any]:
    """Slots in which somebody no longer interviews: rows of CalledOff and Call, by time."""
    wanted = (
        select(CalledOff, Call)
        .join(Call, Call.id == CalledOff.call_id)
        .where(CalledOff.person_id == person_id, CalledOff.ends_at > after)
    )
    return list(db.session.execute(wanted.order_by(CalledOff.starts_at, CalledOff.id)))
