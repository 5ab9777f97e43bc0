"""Conditions that several questions share."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.applications.rules.states import State
from app.interviews.models import Interview, Slot


def still_meant() -> ColumnElement[bool]:
    """The condition under which somebody still comes: their application is not taken back."""
    return Application.state != State.WITHDRAWN


def is_free() -> ColumnElement[bool]:
    """The condition under which nobody comes in a slot; whoever took their application back comes no more."""
    held = aliased(Application)
    comes = (
        select(Interview.id)
        .join(held, held.id == Interview.application_id)
        .where(Interview.id == Slot.interview_id, held.state != State.WITHDRAWN)
    )
    return ~comes.exists()
