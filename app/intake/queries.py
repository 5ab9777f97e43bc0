"""Applications that a running call has to mail: drafts, reminders, unsent texts."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, not_, or_, select, union

from app.applications.models import Application
from app.applications.queries.around import own_deadline
from app.applications.rules.states import State
from app.core.db.base import db
from app.core.errors import NotFound
from app.intake.models import Rehearsal
from app.programmes.models import Call

MOST_PLAYS = 10


class Closing(NamedTuple):
    """Applications of one call with the same deadline: that of the call, or one from a late code."""

    call: Call
    deadline: datetime


def closing(after: datetime, before: datetime) -> list[Closing]:
    """The deadlines between these two moments, of published calls, earliest first."""
    of_call = select(Call.id, Call.closes_at.label("deadline")).where(Call.closes_at.is_not(None))
    of_file = (
        select(Call.id, own_deadline().label("deadline"))
        .join(Application, Application.call_id == Call.id)
        .where(Application.late_until > Call.closes_at)
    )
    found = union(of_call, of_file).subquery()
    wanted = (
        select(Call, found.c.deadline)
        .join(found, found.c.id == Call.id)
        .where(Call.published_at.is_not(None), found.c.deadline > after, found.c.deadline <= before)
        .order_by(found.c.deadline, Call.id)
    )
    return [Closing(*row) for row in db.session.execute(wanted)]


def drafts_of(call_id: int) -> list[Application]:
    """Open drafts of real applicants."""
    wanted = select(Application).where(Application.call_id == call_id, Application.state == State.DRAFT)
    return list(db.session.scalars(wanted.where(Application.is_rehearsal.is_(False)).order_by(Application.id)))


def being_written(call_id: int) -> list[Application]:
    """Open drafts, and submitted applications with changes that were not handed in, of real applicants."""
    changing = and_(Application.state == State.SUBMITTED, Application.saved_at > Application.handed_in_at)
    wanted = select(Application).where(
        Application.call_id == call_id,
        Application.is_rehearsal.is_(False),
        or_(Application.state == State.DRAFT, changing),
    )
    return list(db.session.scalars(wanted.order_by(Application.id)))


def drafts_to_remind(one: Closing, since: datetime, *, limit: int) -> list[Application]:
    """Drafts started before this moment and not reminded since."""
    wanted = _of(one).where(
        Application.state == State.DRAFT,
        Application.started_at < since,
        or_(Application.reminded_at.is_(None), Application.reminded_at < since),
    )
    return list(db.session.scalars(wanted.order_by(Application.id).limit(limit)))


def corrections_to_remind(one: Closing, since: datetime, rested: datetime, *, limit: int) -> list[Application]:
    """Applications changed since submission but not after `rested`, and not reminded since."""
    heard_of_it = and_(Application.reminded_at >= since, Application.reminded_at >= Application.handed_in_at)
    wanted = _of(one).where(
        Application.state == State.SUBMITTED,
        Application.saved_at > Application.handed_in_at,
        Application.saved_at <= rested,
        or_(Application.reminded_at.is_(None), not_(heard_of_it)),
    )
    return list(db.session.scalars(wanted.order_by(Application.id).limit(limit)))


def to_give_back(one: Closing, at: datetime, *, limit: int) -> list[Application]:
    """Applications past their deadline whose unsent text was not mailed back since."""
    if one.deadline + timedelta(minutes=one.call.grace_minutes) > at:
        return []
    wanted = _of(one).where(
        Application.state.in_([State.DRAFT, State.SUBMITTED]),
        or_(Application.returned_at.is_(None), Application.returned_at < one.deadline),
    )
    return list(db.session.scalars(wanted.order_by(Application.id).limit(limit)))


def _of(one: Closing) -> Select[Any]:
    """Applications of real applicants with this deadline."""
    return (
        select(Application)
        .join(Application.call)
        .where(
            Application.call_id == one.call.id,
            Application.is_rehearsal.is_(False),
            own_deadline() == one.deadline,
        )
    )


def plays_of(call_id: int) -> list[Rehearsal]:
    """The last rehearsals of a call, newest first."""
    wanted = select(Rehearsal).where(Rehearsal.call_id == call_id).order_by(Rehearsal.id.desc())
    return list(db.session.scalars(wanted.limit(MOST_PLAYS)))


def play_by_key(key: str) -> Rehearsal:
    """A rehearsal. Raises NotFound."""
    found = db.session.scalar(select(Rehearsal).where(Rehearsal.key == key))
    if found is None:
        raise NotFound
    return found
