"""Decisions taken, told and still to take."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules import State
from app.core.db import db
from app.decisions.models import Decision
from app.programmes.models import Call, Programme

MOST_AT_ONCE = 100


def decision_of(application_id: int) -> Decision | None:
    """The decision on one application, told or not."""
    return db.session.scalar(select(Decision).where(Decision.application_id == application_id))


def untold(ids: list[int] | None = None) -> list[Decision]:
    """Decisions nobody knows of yet, by call, outcome and rank; only the named ones when `ids` is given."""
    query = (
        select(Decision)
        .join(Decision.application)
        .where(Decision.told_at.is_(None), Application.state == State.JURY)
        .order_by(Application.call_id, Decision.outcome, Decision.rank, Application.reference)
    )
    if ids is not None:
        query = query.where(Decision.id.in_(ids))
    return list(db.session.scalars(query))


def recently_told(count: int) -> list[Decision]:
    """The last decisions that went out."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.told_at.is_not(None))
            .order_by(Decision.told_at.desc(), Decision.id)
            .limit(count)
        )
    )


def undecided(count: int) -> list[Any]:
    """Applications before the jury without a decision: rows."""
    return list(
        db.session.execute(
            select(
                Application.key,
                Application.reference,
                Application.title,
                Application.language,
                Person.name.label("person_name"),
                Programme.title.label("programme_title"),
            )
            .join(Application.person)
            .join(Application.call)
            .join(Call.programme)
            .outerjoin(Decision, Decision.application_id == Application.id)
            .where(Application.state == State.JURY, Decision.id.is_(None))
            .order_by(Application.submitted_at, Application.id)
            .limit(count)
        )
    )


def to_remind(today: date, last_day: date) -> list[Decision]:
    """Selected, told, not answered, not reminded yet, and their last day is near."""
    wanted = (
        select(Decision)
        .join(Decision.application)
        .where(
            Application.state == State.ACCEPTED,
            Application.is_rehearsal.is_(False),
            Decision.told_at.is_not(None),
            Decision.reminded_at.is_(None),
            Decision.answer_by.between(today, last_day),
        )
    )
    return list(db.session.scalars(wanted.order_by(Decision.id).limit(MOST_AT_ONCE)))
