"""Which applications are hidden from whom. Every list, count, search, export and page uses these conditions."""

from sqlalchemy import ColumnElement, select

from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import HIDING
from app.core.db.base import db


def open_to(person_id: int) -> ColumnElement[bool]:
    """Condition: this person may see the application."""
    hidden = select(ConflictOfInterest.application_id).where(
        ConflictOfInterest.person_id == person_id, ConflictOfInterest.status.in_(HIDING)
    )
    return Application.id.not_in(hidden)


def is_hidden(application_id: int, person_id: int) -> bool:
    """True when the application is hidden from this person."""
    wanted = select(ConflictOfInterest.id).where(
        ConflictOfInterest.application_id == application_id,
        ConflictOfInterest.person_id == person_id,
        ConflictOfInterest.status.in_(HIDING),
    )
    return db.session.scalar(wanted.limit(1)) is not None


def hidden_from(application_id: int) -> set[int]:
    """The ids of the people from whom this application is hidden."""
    return people_in_conflict([application_id]).get(application_id, set())


def people_in_conflict(application_ids: list[int]) -> dict[int, set[int]]:
    """For each application, the ids of the people from whom it is hidden."""
    rows = db.session.execute(
        select(ConflictOfInterest.application_id, ConflictOfInterest.person_id).where(
            ConflictOfInterest.application_id.in_(application_ids), ConflictOfInterest.status.in_(HIDING)
        )
    )
    found: dict[int, set[int]] = {}
    for application_id, person_id in rows:
        found.setdefault(application_id, set()).add(person_id)
    return found
