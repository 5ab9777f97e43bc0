"""The reviewers of a call, and its review plan."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.applications.models import Application
from app.core.db.base import db
from app.programmes.models import Call, CallChange
from app.reviewers.models import ReadingPlan, Reviewer
from app.reviewers.rules.plan import BAND, MOST_FILES, READINGS, WIDE_SPREAD, Blind


def plan_of(call_id: int) -> ReadingPlan:
    """The review plan of this call, with defaults."""
    return db.session.get(ReadingPlan, call_id) or ReadingPlan(
        call_id=call_id,
        readings=READINGS,
        most_files=MOST_FILES,
        due_on=None,
        blind=Blind.NEVER,
        wide_spread=WIDE_SPREAD,
        band=BAND,
    )


def reviewers_of(call_id: int) -> list[Reviewer]:
    """Present and former reviewers of this call, by name; former ones last."""
    wanted = select(Reviewer).join(Reviewer.person).where(Reviewer.call_id == call_id)
    return list(
        db.session.scalars(wanted.order_by(Reviewer.left_at.is_not(None), func.lower(Person.name), Reviewer.id))
    )


def reviewer_of(call_id: int, person_id: int) -> Reviewer | None:
    """This person as a reviewer of this call, also when they left."""
    return db.session.scalar(select(Reviewer).where(Reviewer.call_id == call_id, Reviewer.person_id == person_id))


def is_decided(call_id: int) -> bool:
    """True when the jury has decided on an application of this call."""
    decided = select(Application.id).where(Application.call_id == call_id, Application.decided_at.is_not(None))
    return db.session.scalar(decided.limit(1)) is not None


def changes_to_announce() -> list[CallChange]:
    """Changes of public calls that reviewers were not mailed about; locked, one worker at a time."""
    wanted = select(CallChange).where(CallChange.announced_at.is_(None)).order_by(CallChange.id)
    return list(db.session.scalars(wanted.with_for_update(of=CallChange, skip_locked=True)))


def calls_with_reviewers(*, but: int) -> list[Any]:
    """Other calls with reviewers, newest first: rows of key and title."""
    has = select(Reviewer.call_id).where(Reviewer.left_at.is_(None))
    wanted = select(Call.key, Call.title).where(Call.id.in_(has), Call.id != but)
    return list(db.session.execute(wanted.order_by(Call.opens_at.desc(), Call.id)))
