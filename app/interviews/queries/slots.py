"""The slots of a call, whom they fit, and who has them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries.hidden import open_to, people_in_conflict
from app.conflicts.rules.status import HIDING
from app.core.db.base import db
from app.interviews.models import Interview, Interviewer, Slot
from app.interviews.queries.common import still_meant
from app.interviews.rules import fits
from app.programmes.models import Call


@dataclass(frozen=True)
class Place:
    """One slot as the team sees it. `file`: its application; empty when free, or when hidden from the viewer."""

    slot: Slot
    people: list[Any]
    file: Any
    is_taken: bool

    @property
    def in_conflict(self) -> list[Any]:
        """Interviewers with a conflict with the application that has the slot."""
        return [one for one in self.people if one.has_conflict]


def slots_of(call_id: int, person_id: int) -> list[Place]:
    """Every slot of a call in order, with interviewers and application, in two statements."""
    wanted = (
        select(
            Slot,
            still_meant().label("meant"),
            open_to(person_id).label("open"),
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Application.state,
            Application.id.label("application_id"),
        )
        .outerjoin(Interview, Interview.id == Slot.interview_id)
        .outerjoin(Application, Application.id == Interview.application_id)
        .where(Slot.call_id == call_id)
        .order_by(Slot.starts_at, Slot.id)
    )
    rows = list(db.session.execute(wanted))
    people = _people_at([row.Slot.id for row in rows])
    found = []
    for row in rows:
        taken = bool(row.application_id and row.meant)
        shown = row if taken and row.open else None
        found.append(Place(row.Slot, people.get(row.Slot.id, []), shown, taken))
    return found


def _people_at(slot_ids: list[int]) -> dict[int, list[Any]]:
    """For each slot its interviewers: id, name, and whether the application is hidden from them."""
    in_conflict = (
        select(ConflictOfInterest.id)
        .join(Interview, Interview.application_id == ConflictOfInterest.application_id)
        .where(
            Interview.id == Slot.interview_id,
            ConflictOfInterest.person_id == Interviewer.person_id,
            ConflictOfInterest.status.in_(HIDING),
        )
        .exists()
    )
    rows = db.session.execute(
        select(Interviewer.slot_id, Person.id, Person.name, in_conflict.label("has_conflict"))
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
    """The free future slots that fit this application.

    Not in another language, and no interviewer with a conflict.
    """
    wanted = select(Slot).join(Application, Application.call_id == Slot.call_id)
    wanted = wanted.where(Application.id == application.id, _can_be_met(after))
    return list(db.session.scalars(wanted.order_by(Slot.starts_at, Slot.id)))


def without_slot(application_ids: Collection[int], after: datetime) -> set[int]:
    """The applications among these that no free future slot fits."""
    there = select(Slot.id).where(Slot.call_id == Application.call_id, _can_be_met(after)).correlate(Application)
    wanted = select(Application.id).where(Application.id.in_(application_ids), ~there.exists())
    return set(db.session.scalars(wanted))


def _can_be_met(after: datetime) -> ColumnElement[bool]:
    """Condition: a slot is free and fits an application of its call."""
    too_close = (
        select(Interviewer.person_id)
        .join(ConflictOfInterest, ConflictOfInterest.person_id == Interviewer.person_id)
        .where(
            Interviewer.slot_id == Slot.id,
            ConflictOfInterest.application_id == Application.id,
            ConflictOfInterest.status.in_(HIDING),
        )
        .correlate(Slot, Application)
        .exists()
    )
    fits_language = or_(Slot.language == "", Slot.language == Application.language)
    return and_(Slot.starts_at >= after, fits_language, ~too_close, Slot.interview_id.is_(None))


def slot_by_key(key: str) -> tuple[Slot, Call] | None:
    """A slot and its call."""
    found = db.session.execute(select(Slot, Call).join(Call, Call.id == Slot.call_id).where(Slot.key == key)).first()
    return (found[0], found[1]) if found else None


def interviewers_of(slot_id: int) -> list[int]:
    """The ids of its interviewers."""
    return list(db.session.scalars(select(Interviewer.person_id).where(Interviewer.slot_id == slot_id)))


def guest_of(slot: Slot) -> Application | None:
    """The application that has the slot, unless withdrawn."""
    wanted = select(Application).join(Interview, Interview.application_id == Application.id)
    return db.session.scalar(wanted.where(Interview.id == slot.interview_id, still_meant()))


def misfits(guest: Application, language: str, people: Collection[int]) -> list[str]:
    """Why this application does not fit such a slot: "language", "people", both, or nothing."""
    in_conflict = people_in_conflict([guest.id]).get(guest.id, set())
    found = {"language": not fits(language, guest.language), "people": bool(in_conflict & set(people))}
    return [name for name, is_in_the_way in found.items() if is_in_the_way]
