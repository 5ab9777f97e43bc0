"""Load a file or a conflict, for somebody from whom it is not hidden."""

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.access import handed_in_application
from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.errors import NotFound


def file_for(key: str, person: Person) -> Application:
    """The application at this key, as the team may read it; for whoever is in conflict it does not exist."""
    return handed_in_application(key, open_to(person.id))


def conflict_for(conflict_id: int, call_id: int, person: Person) -> ConflictOfInterest:
    """A conflict on a file of this call; for whoever is too close to the file it does not exist."""
    found = db.session.scalar(
        select(ConflictOfInterest)
        .join(Application, Application.id == ConflictOfInterest.application_id)
        .where(ConflictOfInterest.id == conflict_id, Application.call_id == call_id, open_to(person.id))
    )
    if found is None:
        raise NotFound
    return found
