"""Which files and which readings count, written once: real, admitted, not hidden, and read by nobody in conflict."""

from sqlalchemy import ColumnElement, and_, select, tuple_

from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries import open_to
from app.conflicts.rules import HIDING
from app.ranking.rules.stages import RANKED
from app.readers.models import Assignment, Reader


def files_for(person_id: int) -> ColumnElement[bool]:
    """The files that this person sees ranked."""
    real = Application.is_rehearsal.is_(False), Application.submitted_at.is_not(None)
    return and_(*real, Application.state.in_(sorted(RANKED)), open_to(person_id))


def from_impartial_readers() -> ColumnElement[bool]:
    """The assignments whose reader is not too close to the file: what the others read does not count.

    The pairs to leave out are few, so the database makes the list of them once and not once per assignment.
    """
    too_close = (
        select(ConflictOfInterest.application_id, Reader.id)
        .join(Reader, Reader.person_id == ConflictOfInterest.person_id)
        .where(ConflictOfInterest.standing.in_(HIDING))
    )
    return tuple_(Assignment.application_id, Assignment.reader_id).not_in(too_close)
