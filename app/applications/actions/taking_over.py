"""Change who continues a draft: its confirmed owner, or another colleague who assists."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from app.accounts.models import Person
from app.applications.actions.removing import drop_unused
from app.applications.actions.team import remove_member
from app.applications.models import Application, Attachment
from app.applications.queries import around
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.search.search_index import remove_from_team_index


def take_over(application: Application, *, keep: Collection[int], by: Person, at: datetime) -> None:
    """The owner reviewed the draft and continues. `keep`: the members who stay."""
    for member in around.members_of(application.id):
        if member.person_id not in keep:
            remove_member(application, member, by=by, at=at)
    application.checked_at = at
    audit_trail.record("application.taken_over", by=by.ref, about=application.ref, at=at)


def hand_over_assistance(person: Person, heir: Person | None, *, by: str, at: datetime) -> int:
    """Give the applications that this colleague assists to another one, or to none; return how many."""
    wanted = select(Application.id).where(Application.assisted_by_id == person.id).order_by(Application.id)
    ids = list(db.session.scalars(wanted.with_for_update(of=Application)))
    helped_by = heir.id if heir else None
    db.session.execute(update(Application).where(Application.id.in_(ids)).values(assisted_by_id=helped_by))
    for number in ids:
        audit_trail.record("application.assistance_handed_over", by=by, about=f"application:{number}", at=at)
    return len(ids)


def discard(application: Application, *, by: Person, at: datetime) -> None:
    """Delete a draft that its owner does not recognise, with its files.

    Raises Conflict for a submitted application, which can be withdrawn.
    """
    if application.reference is not None or application.submitted_at is not None:
        raise Conflict(application.state)
    audit_trail.record("application.discarded", by=by.ref, about=application.ref, at=at)
    remove_from_team_index([application.id])
    digests = set(db.session.scalars(select(Attachment.digest).where(Attachment.application_id == application.id)))
    db.session.execute(delete(Application).where(Application.id == application.id))
    drop_unused(digests, at=at)
