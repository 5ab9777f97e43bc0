"""Which files a call has something to tell: open drafts, writers to remind, texts that did not arrive."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from app.applications.models import Application
from app.applications.rules import State
from app.core.db import db
from app.core.errors import Missing
from app.intake.models import Rehearsal
from app.programmes.models import Call

MOST_PLAYS = 10


def calls_closing(after: datetime, before: datetime) -> list[Call]:
    """The published calls whose deadline lies between these two moments."""
    wanted = select(Call).where(Call.published_at.is_not(None), Call.closes_at > after, Call.closes_at <= before)
    return list(db.session.scalars(wanted.order_by(Call.closes_at, Call.id)))


def drafts_of(call_id: int) -> list[Application]:
    """The open drafts of real applicants."""
    wanted = select(Application).where(Application.call_id == call_id, Application.state == State.DRAFT)
    return list(db.session.scalars(wanted.where(Application.is_rehearsal.is_(False)).order_by(Application.id)))


def to_remind(call_id: int, since: datetime, *, limit: int) -> list[Application]:
    """Drafts begun before this moment whose writer was not reminded since; a late one has a deadline of its own."""
    wanted = select(Application).where(
        Application.call_id == call_id,
        Application.state == State.DRAFT,
        Application.is_rehearsal.is_(False),
        Application.late_until.is_(None),
        Application.started_at < since,
        or_(Application.reminded_at.is_(None), Application.reminded_at < since),
    )
    return list(db.session.scalars(wanted.order_by(Application.id).limit(limit)))


def to_give_back(call: Call, at: datetime, *, limit: int) -> list[Application]:
    """Files that nobody may hand in any more, and whose writers did not get their text back since the deadline."""
    closes_at = call.closes_at
    grace = timedelta(minutes=call.grace_minutes)
    if closes_at is None or closes_at + grace > at:
        return []
    wanted = select(Application).where(
        Application.call_id == call.id,
        Application.state.in_([State.DRAFT, State.SUBMITTED]),
        Application.is_rehearsal.is_(False),
        or_(Application.late_until.is_(None), Application.late_until <= at - grace),
        or_(Application.returned_at.is_(None), Application.returned_at < closes_at),
    )
    return list(db.session.scalars(wanted.order_by(Application.id).limit(limit)))


def plays_of(call_id: int) -> list[Rehearsal]:
    """The last plays of a call, newest first."""
    wanted = select(Rehearsal).where(Rehearsal.call_id == call_id).order_by(Rehearsal.id.desc())
    return list(db.session.scalars(wanted.limit(MOST_PLAYS)))


def play_by_key(key: str) -> Rehearsal:
    """One play; raises Missing."""
    found = db.session.scalar(select(Rehearsal).where(Rehearsal.key == key))
    if found is None:
        raise Missing
    return found
