"""Conditions shared by queries."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.applications.rules.states import State
from app.interviews.models import Interview, Slot


def still_meant() -> ColumnElement[bool]:
    """Condition: the application of the interview is not withdrawn."""
    return Application.state != State.WITHDRAWN


def is_free() -> ColumnElement[bool]:
    """Condition: no applicant has the slot, or theirs is withdrawn."""
    application = aliased(Application)
    comes = (
        select(Interview.id)
        .join(application, application.id == Interview.application_id)
        .where(Interview.id == Slot.interview_id, application.state != State.WITHDRAWN)
    )
    return ~comes.exists()
