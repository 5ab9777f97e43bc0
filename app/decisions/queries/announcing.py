"""Decisions of an application, unpublished ones, and those to be reminded."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db, lock_where
from app.core.db.transactions import reading
from app.decisions.models import Decision, PendingCorrection
from app.programmes.models import Call, Programme

MOST_AT_ONCE = 100
REAL = Application.is_rehearsal.is_(False)
BEFORE_THE_JURY = and_(Application.state == State.JURY, Application.submitted_at.is_not(None))


def decision_of(application_id: int) -> Decision | None:
    """The decision on an application, published or not."""
    return db.session.scalar(select(Decision).where(Decision.application_id == application_id))


def decisions_of(application_ids: list[int]) -> dict[int, Decision]:
    """The current decisions on these applications, by application; locked when the caller may write."""
    here = Decision.application_id.in_(application_ids)
    if not reading():
        lock_where(Decision, here)
    return {one.application_id: one for one in db.session.scalars(select(Decision).where(here))}


def pending_correction(application_id: int) -> PendingCorrection | None:
    """The correction that waits for a second person; locked when the caller may write."""
    wanted = select(PendingCorrection).where(PendingCorrection.application_id == application_id)
    return db.session.scalar(wanted if reading() else wanted.with_for_update())


def unpublished(ids: list[int], person_id: int) -> list[Decision]:
    """The unpublished decisions among these that the person may see, by outcome and rank."""
    wanted = (
        select(Decision)
        .join(Decision.application)
        .where(Decision.id.in_(ids), Decision.published_at.is_(None), BEFORE_THE_JURY, open_to(person_id))
        .order_by(Decision.outcome, Decision.rank, Application.reference, Decision.id)
    )
    return list(db.session.scalars(wanted))


def how_many_unpublished(person_id: int) -> int:
    """How many decisions are unpublished, for the dashboard."""
    wanted = select(func.count()).select_from(Decision).join(Decision.application)
    return (
        db.session.scalar(wanted.where(Decision.published_at.is_(None), BEFORE_THE_JURY, REAL, open_to(person_id))) or 0
    )


def calls_to_decide(person_id: int) -> list[Any]:
    """Calls with an application before the jury or a published decision, newest first: rows of their counts.

    key, title, programme_title, places, before_jury, decided, reserve, offered, confirmed, declined, rehearsal.
    """

    def count(condition: ColumnElement[bool], name: str) -> Any:
        return func.count(Application.id).filter(REAL, condition).label(name)

    published = Decision.published_at.is_not(None)
    return list(
        db.session.execute(
            select(
                Call.key,
                Call.title,
                Call.places,
                Programme.title.label("programme_title"),
                count(BEFORE_THE_JURY, "before_jury"),
                count(and_(BEFORE_THE_JURY, Decision.id.is_not(None)), "decided"),
                count(Application.state == State.ACCEPTED, "offered"),
                count(Application.state == State.CONFIRMED, "confirmed"),
                count(Application.state == State.RESERVE, "reserve"),
                count(Application.state == State.DECLINED, "declined"),
            )
            .select_from(Call)
            .join(Call.programme)
            .join(Application, Application.call_id == Call.id)
            .outerjoin(Decision, Decision.application_id == Application.id)
            .where(or_(BEFORE_THE_JURY, published), open_to(person_id))
            .group_by(Call.id, Programme.id)
            .order_by(Call.opens_at.desc(), Call.id)
        )
    )


def to_remind(today: date, last_day: date) -> list[Decision]:
    """Selected and published, not answered, not reminded, and the last day is near."""
    wanted = (
        select(Decision)
        .join(Decision.application)
        .where(
            Application.state == State.ACCEPTED,
            Application.is_rehearsal.is_(False),
            Decision.published_at.is_not(None),
            Decision.reminded_at.is_(None),
            Decision.answer_by.between(today, last_day),
        )
    )
    return list(db.session.scalars(wanted.order_by(Decision.id).limit(MOST_AT_ONCE)))
