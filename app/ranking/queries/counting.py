"""Which applications are ranked: real, admissible and not hidden."""

from sqlalchemy import ColumnElement, and_

from app.applications.models import Application
from app.conflicts.queries.hidden import open_to
from app.ranking.rules.stages import RANKED


def files_for(person_id: int) -> ColumnElement[bool]:
    """Condition: this person sees the application in the ranking."""
    real = Application.is_rehearsal.is_(False), Application.submitted_at.is_not(None)
    return and_(*real, Application.state.in_(sorted(RANKED)), open_to(person_id))
