"""A file that somebody else may have begun under its owner's address: going on with it, or starting anew."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.applications import queries
from app.applications.actions.team import let_go
from app.applications.models import Application
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.core.search import let_team_forget


def take_over(application: Application, *, keep: Collection[int], by: Person, at: datetime) -> None:
    """The owner has seen what was done and goes on. `keep`: the people who may go on working on it."""
    for member in queries.members_of(application.id):
        if member.person_id not in keep:
            let_go(application, member, by=by, at=at)
    application.checked_at = at
    audit.record("application.taken_over", by=by.ref, about=application.ref, at=at)


def discard(application: Application, *, by: Person, at: datetime) -> None:
    """Delete a draft that its owner does not know. Raises Conflict for what was handed in: that can be withdrawn."""
    if application.reference is not None or application.submitted_at is not None:
        raise Conflict(application.state)
    audit.record("application.discarded", by=by.ref, about=application.ref, at=at)
    let_team_forget([application.id])
    db.session.execute(delete(Application).where(Application.id == application.id))
