"""Who is invited, when it can be, and at whose table: what is hidden from somebody is left out here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules import State
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries import open_to
from app.conflicts.rules import HIDING
from app.core.db import db
from app.interviews.models import Interview, Interviewer, Slot
from app.interviews.rules import INVITABLE, REMINDED_BEFORE
from app.programmes.models import Call
from app.readers.models import Reader

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Place:
    """One slot as the team sees it. `file`: who has it, or nothing when it is free, or hidden from whoever looks."""

    slot: Slot
    people: list[Any]
    file: Any
    is_taken: bool

    @property
    def in_conflict(self) -> list[Any]:
        """Who should not sit there, now that it is known who comes."""
        return [one for one in self.people if one.is_kept_away]


def candidates(call_id: int, person_id: int) -> list[Any]:
    """Files of a call that may be invited or were, with their interview and slot: rows, by reference."""
    wanted = (
        select(
            Application.id, Application.key, Application.reference, Application.title, Application.language,
            Application.state, Person.name.label("person_name"), Interview.id.label("interview_id"),
            Interview.invited_at, Interview.choose_by, Interview.chosen_at, Interview.reminded_at, Interview.notes,
            Slot.starts_at, Slot.ends_at, Slot.key.label("slot_key"),
        )
        .join(Application.person)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .outerjoin(Slot, Slot.interview_id == Interview.id)
        .where(
            Application.call_id == call_id,
            Application.is_rehearsal.is_(False),
            open_to(person_id),
            or_(Application.state.in_(INVITABLE), and_(Interview.id.is_not(None), _still_meant())),
        )
        .order_by(Application.reference, Application.id)
    )  # fmt: skip
    return list(db.session.execute(wanted))


def slots_of(call_id: int, person_id: int) -> list[Place]:
    """Every slot of a call in its order, with who sits there and who comes: two statements."""
    wanted = (
        select(
            Slot, _still_meant().label("meant"), open_to(person_id).label("open"), Application.key,
            Application.reference, Application.title, Application.language, Application.id.label("application_id"),
        )
        .outerjoin(Interview, Interview.id == Slot.interview_id)
        .outerjoin(Application, Application.id == Interview.application_id)
        .where(Slot.call_id == call_id)
        .order_by(Slot.starts_at, Slot.id)
    )  # fmt: skip
    rows = list(db.session.execute(wanted))
    people = _people_at([row.Slot.id for row in rows])
    found = []
    for row in rows:
        taken = bool(row.application_id and row.meant)
        shown = row if taken and row.open else None
        found.append(Place(row.Slot, people.get(row.Slot.id, []), shown, taken))
    return found


def _people_at(slot_ids: list[int]) -> dict[int, list[Any]]:
    """For each slot its interviewers: id, name, and whether the file that comes is hidden from them."""
    kept_away = (
        select(ConflictOfInterest.id)
        .join(Interview, Interview.application_id == ConflictOfInterest.application_id)
        .where(
            Interview.id == Slot.interview_id,
            ConflictOfInterest.person_id == Interviewer.person_id,
            ConflictOfInterest.standing.in_(HIDING),
        )
        .exists()
    )
    rows = db.session.execute(
        select(Interviewer.slot_id, Person.id, Person.name, kept_away.label("is_kept_away"))
        .join(Slot, Slot.id == Interviewer.slot_id)
        .join(Person, Person.id == Interviewer.person_id)
        .where(Interviewer.slot_id.in_(slot_ids))
        .order_by(Person.name, Person.id)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.slot_id, []).append(row)
    return found


def free_for(application: Application, after: datetime) -> list[Slot]:
    """The free slots from this moment on in which this file's interview can be held.

    A slot is left out when it is in another language, and when anybody who sits there is too close to the file.
    """
    too_close = (
        select(Interviewer.person_id)
        .join(ConflictOfInterest, ConflictOfInterest.person_id == Interviewer.person_id)
        .where(
            Interviewer.slot_id == Slot.id,
            ConflictOfInterest.application_id == application.id,
            ConflictOfInterest.standing.in_(HIDING),
        )
        .exists()
    )
    wanted = select(Slot).where(
        Slot.call_id == application.call_id,
        Slot.starts_at >= after,
        Slot.language.in_(["", application.language]),
        ~too_close,
        is_free(),
    )
    return list(db.session.scalars(wanted.order_by(Slot.starts_at, Slot.id)))


def is_free() -> ColumnElement[bool]:
    """The condition under which nobody comes in a slot; whoever took their application back comes no more."""
    held = aliased(Application)
    comes = (
        select(Interview.id)
        .join(held, held.id == Interview.application_id)
        .where(Interview.id == Slot.interview_id, held.state != State.WITHDRAWN)
    )
    return ~comes.exists()


def interview_of(application_id: int) -> Interview | None:
    """The interview to which this file was invited."""
    return db.session.scalar(select(Interview).where(Interview.application_id == application_id))


def slot_of(interview_id: int) -> Slot | None:
    """The slot that was chosen for it."""
    return db.session.scalar(select(Slot).where(Slot.interview_id == interview_id))


def slot_by_key(key: str) -> tuple[Slot, Call] | None:
    """A slot and its call."""
    found = db.session.execute(select(Slot, Call).join(Call, Call.id == Slot.call_id).where(Slot.key == key)).first()
    return (found[0], found[1]) if found else None


def interviewers_of(slot_id: int) -> list[int]:
    """The ids of those who sit there."""
    return list(db.session.scalars(select(Interviewer.person_id).where(Interviewer.slot_id == slot_id)))


def possible_interviewers(call_id: int, staff: Iterable[Person]) -> list[Any]:
    """Readers of this call and colleagues, by name: rows of id and name."""
    readers = select(Reader.person_id).where(Reader.call_id == call_id, Reader.left_at.is_(None))
    ids = [one.id for one in staff]
    wanted = select(Person.id, Person.name).where(or_(Person.id.in_(readers), Person.id.in_(ids)))
    return list(db.session.execute(wanted.order_by(Person.name, Person.id)))


def busy(people: Iterable[int], begins: datetime, ends: datetime, *, but: int = 0) -> list[Any]:
    """When these people sit somewhere between two moments, in any call: rows of name, starts_at and ends_at."""
    wanted = (
        select(Person.name, Slot.starts_at, Slot.ends_at)
        .join(Interviewer, Interviewer.slot_id == Slot.id)
        .join(Person, Person.id == Interviewer.person_id)
        .where(Person.id.in_(list(people)), Slot.starts_at < ends, Slot.ends_at > begins, Slot.id != but)
    )
    return list(db.session.execute(wanted.order_by(Slot.starts_at, Person.name)))


def sits_at(person_id: int, after: datetime) -> list[Any]:
    """The slots in which somebody interviews: rows of Slot, Call, and who comes unless it is hidden from them."""
    comes = and_(Application.id == Interview.application_id, open_to(person_id), _still_meant())
    wanted = (
        select(Slot, Call, Application.reference, Application.title, Application.language.label("spoken"))
        .join(Interviewer, Interviewer.slot_id == Slot.id)
        .join(Call, Call.id == Slot.call_id)
        .outerjoin(Interview, Interview.id == Slot.interview_id)
        .outerjoin(Application, comes)
        .where(Interviewer.person_id == person_id, Slot.ends_at > after)
    )
    return list(db.session.execute(wanted.order_by(Slot.starts_at, Slot.id)))


def to_remind(today: date, at: datetime) -> list[tuple[Interview, Application]]:
    """Invited, without a slot, the last day is near, and not reminded since it is."""
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


def _still_meant() -> ColumnElement[bool]:
    return Application.state != State.WITHDRAWN
