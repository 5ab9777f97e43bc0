"""Who reads for a call, and how it is read."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.applications.models import Application
from app.core.db.base import db
from app.programmes.models import Call, CallChange
from app.readers.models import Reader, ReadingPlan
from app.readers.rules.plan import BAND, MOST_FILES, READINGS, WIDE_SPREAD, Blind


def plan_of(call_id: int) -> ReadingPlan:
    """How this call is read; what the defaults say where nobody decided."""
    return db.session.get(ReadingPlan, call_id) or ReadingPlan(
        call_id=call_id,
        readings=READINGS,
        most_files=MOST_FILES,
        due_on=None,
        blind=Blind.NEVER,
        wide_spread=WIDE_SPREAD,
        band=BAND,
    )


def readers_of(call_id: int) -> list[Reader]:
    """Everybody who reads or read for this call, by name; who left comes last."""
    wanted = select(Reader).join(Reader.person).where(Reader.call_id == call_id)
    return list(db.session.scalars(wanted.order_by(Reader.left_at.is_not(None), func.lower(Person.name), Reader.id)))


def reader_of(call_id: int, person_id: int) -> Reader | None:
    """This person as a reader of this call, also one who left."""
    return db.session.scalar(select(Reader).where(Reader.call_id == call_id, Reader.person_id == person_id))


def is_decided(call_id: int) -> bool:
    """Has the jury decided on an application of this call?"""
    decided = select(Application.id).where(Application.call_id == call_id, Application.decided_at.is_not(None))
    return db.session.scalar(decided.limit(1)) is not None


def untold_changes() -> list[CallChange]:
    """Changes of public calls that the reviewers were not written to about; one worker at a time takes them."""
    wanted = select(CallChange).where(CallChange.told_at.is_(None)).order_by(CallChange.id)
    return list(db.session.scalars(wanted.with_for_update(of=CallChange, skip_locked=True)))


def calls_with_readers(*, but: int) -> list[Any]:
    """The other calls that have readers, newest first: rows of key and title."""
    has = select(Reader.call_id).where(Reader.left_at.is_(None))
    wanted = select(Call.key, Call.title).where(Call.id.in_(has), Call.id != but)
    return list(db.session.execute(wanted.order_by(Call.opens_at.desc(), Call.id)))
