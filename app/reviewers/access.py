"""Load a reviewer or an application for somebody who may see it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.access import file_for
from app.conflicts.rules.status import IN_SELECTION
from app.core.db.base import db
from app.core.errors import NotFound
from app.programmes.models import Call
from app.reviewers.models import Reviewer


@dataclass(frozen=True)
class Place:
    """A reviewer and their call."""

    reviewer: Reviewer
    call: Call


def reviewer_place(key: str, person: Person) -> Place:
    """The call with this key for one of its reviewers. Raises NotFound otherwise."""
    wanted = select(Reviewer, Call).join(Call, Call.id == Reviewer.call_id).options(joinedload(Call.programme))
    row = db.session.execute(
        wanted.where(Call.key == key, Reviewer.person_id == person.id, Reviewer.left_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound
    return Place(row[0], row[1])


def reviewer_in(call: Call, reviewer_id: int) -> Reviewer:
    """A reviewer of this call, also one who left."""
    found = db.session.get(Reviewer, reviewer_id)
    if found is None or found.call_id != call.id:
        raise NotFound
    return found


def file_in(call: Call, key: str, person: Person) -> Application:
    """An application of this call in selection, for a colleague from whom it is not hidden."""
    found = file_for(key, person)
    if found.call_id != call.id or found.is_rehearsal or found.state not in IN_SELECTION:
        raise NotFound
    return found
