"""Load an application or a conflict that is not hidden from the person."""

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.access import handed_in_application
from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.errors import NotFound


def file_for(key: str, person: Person) -> Application:
    """The application with this key, for the team. Raises NotFound for a person in conflict."""
    return handed_in_application(key, open_to(person.id))


def conflict_for(conflict_id: int, call_id: int, person: Person) -> ConflictOfInterest:
    """A conflict on an application of this call. Raises NotFound for a person in conflict with it."""
    found = db.session.scalar(
        select(ConflictOfInterest)
        .join(Application, Application.id == ConflictOfInterest.application_id)
        .where(ConflictOfInterest.id == conflict_id, Application.call_id == call_id, open_to(person.id))
    )
    if found is None:
        raise NotFound
    return found
