"""Invited applications, candidates, and those to remind."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.interviews.models import Interview, InterviewPlan, Slot
from app.interviews.queries.common import still_meant
from app.interviews.rules import INVITABLE, NOTICE_HOURS, REMINDED_BEFORE

MOST_AT_ONCE = 100


def plan_of(call_id: int) -> InterviewPlan:
    """How applicants of this call choose, with defaults."""
    return db.session.get(InterviewPlan, call_id) or InterviewPlan(call_id=call_id, notice_hours=NOTICE_HOURS)


def candidates(call_id: int, person_id: int) -> list[Any]:
    """Applications of a call that may be or were invited, with interview and slot: rows, by reference."""
    wanted = (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Application.state,
            Person.name.label("person_name"),
            Interview.id.label("interview_id"),
            Interview.invited_at,
            Interview.choose_by,
            Interview.chosen_at,
            Interview.reminded_at,
            Interview.notes,
            Slot.starts_at,
            Slot.ends_at,
            Slot.key.label("slot_key"),
        )
        .join(Application.person)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .outerjoin(Slot, Slot.interview_id == Interview.id)
        .where(
            Application.call_id == call_id,
            Application.is_rehearsal.is_(False),
            open_to(person_id),
            or_(Application.state.in_(INVITABLE), and_(Interview.id.is_not(None), still_meant())),
        )
        .order_by(Application.reference, Application.id)
    )
    return list(db.session.execute(wanted))


def interview_of(application_id: int) -> Interview | None:
    """The interview of this application."""
    return db.session.scalar(select(Interview).where(Interview.application_id == application_id))


def appointment_of(application_id: int) -> tuple[Interview | None, Slot | None]:
    """The interview of this application with its slot, in one statement."""
    wanted = select(Interview, Slot).outerjoin(Slot, Slot.interview_id == Interview.id)
    row = db.session.execute(wanted.where(Interview.application_id == application_id)).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def planned_for(application_id: int, at: datetime) -> datetime | None:
    """The time of a planned interview."""
    _interview, mine = appointment_of(application_id)
    return mine.starts_at if mine and mine.starts_at > at else None


def ahead(application_ids: Collection[int], at: datetime) -> dict[int, datetime | None]:
    """Applications with an interview ahead and its time; None where no slot is chosen yet."""
    wanted = (
        select(Interview.application_id, Slot.starts_at)
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(Slot, Slot.interview_id == Interview.id)
        .where(
            Application.id.in_(application_ids),
            Application.state == State.INTERVIEW,
            or_(Slot.id.is_(None), Slot.starts_at > at),
        )
    )
    return {row[0]: row[1] for row in db.session.execute(wanted)}


def slot_of(interview_id: int) -> Slot | None:
    return db.session.scalar(select(Slot).where(Slot.interview_id == interview_id))


def to_remind(today: date, at: datetime) -> list[tuple[Interview, Application]]:
    """Invited, without a slot, the last day is near, and not reminded yet."""
    last = today + REMINDED_BEFORE
    wanted = (
        select(Interview, Application)
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(Slot, Slot.interview_id == Interview.id)
        .where(
            Application.state == State.INTERVIEW,
            Application.is_rehearsal.is_(False),
            Slot.id.is_(None),
            Interview.choose_by.between(today, last),
            Interview.invited_at < at - timedelta(days=1),
            or_(Interview.reminded_at.is_(None), Interview.reminded_at < at - REMINDED_BEFORE - timedelta(days=1)),
        )
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted.order_by(Interview.id).limit(MOST_AT_ONCE))]
