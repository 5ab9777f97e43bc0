"""A condition shared by queries."""

from sqlalchemy import ColumnElement

from app.applications.models import Application
from app.applications.rules.states import State


def still_meant() -> ColumnElement[bool]:
    """Condition: the application of the interview is not withdrawn."""
    return Application.state != State.WITHDRAWN
