"""The team of an application: invite, accept, remove."""

from datetime import datetime
from typing import Any, NamedTuple

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Purpose
from app.applications.actions.common import can_edit, write
from app.applications.models import Application, Member
from app.applications.queries import around
from app.applications.rules.states import OPEN_STATES, State
from app.applications.rules.team import Role
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict, TooMany
from app.core.i18n.addresses import mailed_address, page_path

MOST_MEMBERS = 12


def invite(application: Application, email: str, *, name: str, role: Role, by: Person, at: datetime) -> Member:
    """Invite somebody; they become a member when they accept. Inviting again sends a new letter.

    Only for drafts: a later member could be a reviewer. Raises Conflict for the owner, for a full team, after
    submission and after the deadline; TooMany when one person is invited too often.
    """
    if not may_invite(application, at=at):
        raise Conflict("handed in")
    person = accounts.get_or_create_person(email, name=name, language=application.language, at=at)
    members = around.members_of(application.id)
    known = next((member for member in members if member.person_id == person.id), None)
    if person.id == application.person_id or (known is None and len(members) >= MOST_MEMBERS):
        raise Conflict("team")
    if not accounts.may_have_link(person, Purpose.INVITATION, at=at):
        raise TooMany("invitations")
    member = known or Member(application_id=application.id, person=person, role=role, invited_at=at)
    member.role, member.invited_at, member.invited_by_id = role, at, by.id
    if member.accepted_at is None:
        member.name = name
    db.session.add(member)
    db.session.flush()
    audit_trail.record(
        "application.member_invited", by=by.ref, about=application.ref, at=at, member=person.ref, role=role
    )
    url = _way_in(application, person, at=at)
    key = f"invited:{member.id}:{at.isoformat()}"
    write(application, "application_invitation", key=key, to=person, url=url, at=at, sender=by.name)
    return member


def accept(application: Application, member: Member, *, by: Person, at: datetime) -> None:
    """Accept the invitation. Raises Conflict for a reviewer or colleague once the application was submitted."""
    if not may_accept(application, by):
        raise Conflict("handed in")
    if member.accepted_at is None:
        member.accepted_at = at
        audit_trail.record("application.member_accepted", by=by.ref, about=application.ref, at=at, role=member.role)
        db.session.flush()


def may_invite(application: Application, *, at: datetime) -> bool:
    """True until the first submission, while the draft can still be written."""
    return application.submitted_at is None and application.state == State.DRAFT and can_edit(application, at=at)


def may_accept(application: Application, person: Person) -> bool:
    """True while the application is open; reviewers and staff must not use it to escape reviewing the application."""
    is_open = application.state == State.DRAFT or application.state in OPEN_STATES
    return is_open and (application.submitted_at is None or not person.grants)


def _way_in(application: Application, person: Person, *, at: datetime) -> str:
    """The address of the invitation; it signs in nobody who has a role."""
    lang, page = person.language, "applications_invited.invitation"
    if person.grants:
        return mailed_address(page, lang=lang, key=application.key)
    path = page_path(page, lang=lang, key=application.key)
    token = accounts.make_link(person, next_path=path, at=at, purpose=Purpose.INVITATION)
    return mailed_address("accounts_public.open_link", lang=lang, token=token)


class Removed(NamedTuple):
    """What undoing a removal needs: the person and their former row."""

    person_id: int
    values: dict[str, Any]


def remove_member(application: Application, member: Member, *, by: Person, at: datetime) -> Removed:
    """Remove a member; what they wrote stays."""
    gone = f"person:{member.person_id}"
    audit_trail.record("application.member_removed", by=by.ref, about=application.ref, at=at, member=gone)
    values = {name: getattr(member, name) for name in Member.__table__.columns.keys() if name != "id"}  # noqa: SIM118
    db.session.delete(member)
    db.session.flush()
    return Removed(member.person_id, values)


def take_back(application: Application, removed: Removed, *, by: Person, at: datetime) -> Member:
    """Undo a removal; no letter is sent.

    Raises Conflict when they are a member already, or the team is full.
    """
    members = around.members_of(application.id)
    if len(members) >= MOST_MEMBERS or any(one.person_id == removed.person_id for one in members):
        raise Conflict("team")
    member = Member(**{**removed.values, "application_id": application.id, "person_id": removed.person_id})
    db.session.add(member)
    db.session.flush()
    back = f"person:{removed.person_id}"
    audit_trail.record("application.member_restored", by=by.ref, about=application.ref, at=at, member=back)
    return member
