"""Load and check one private thing: what is not yours does not exist."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.accounts.models import SignIn
from app.applications.models import Application, Attachment, Member
from app.applications.queries import around
from app.applications.rules.team import Right, Role, may
from app.core.db.base import db, wait_in_queue
from app.core.db.transactions import HAND_INS, reading
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.extension_points import ExtensionPoint

# The people who may not know of an application, by its number: those with a conflict of interest.
HIDDEN_FROM = ExtensionPoint[Callable[[int], set[int]]]("hidden_from")


def people_in_conflict(application_id: int) -> set[int]:
    """The ids of the people to whom nothing of this application may be shown or mailed."""
    return {person for hidden_from in HIDDEN_FROM.all() for person in hidden_from(application_id)}


@dataclass(frozen=True)
class ApplicationAccess:
    """An application and what the person who is looking may do with it."""

    application: Application
    role: Role

    def may(self, right: Right) -> bool:
        """May this person do so?"""
        return may(self.role, right)

    @property
    def is_owner(self) -> bool:
        """Is it their own file?"""
        return self.role is Role.OWNER

    @property
    def may_write(self) -> bool:
        """May they change answers and hand in?"""
        return may(self.role, Right.WRITE)


class UnconfirmedDraft(Conflict):
    """Somebody else may have begun this file: its owner sees what was done in it before they go on."""

    def __init__(self, key: str) -> None:
        super().__init__("look first")
        self.key = key


def application_access(key: str, sign_in: SignIn, right: Right, *, unseen: bool = False) -> ApplicationAccess:
    """The application at this key for this person, who owns it, works on it or helps with it.

    Through an unconfirmed sign-in only what was started there. Raises Missing for everybody else, and Refused when
    somebody belongs to the file without this right. Raises LookFirst for an owner who did not yet see what was done
    before they proved their address; `unseen`: for the page that shows it.
    """
    application = _application(key, options=[joinedload(Application.started_in).lazyload(SignIn.person)])
    role = _role(application, sign_in)
    if role is None:
        raise NotFound
    if not may(role, right):
        raise Forbidden
    if role is Role.OWNER and sign_in.confirmed and application.was_begun_elsewhere and not unseen:
        raise UnconfirmedDraft(key)
    return ApplicationAccess(application, role)


def access_to_submit(key: str, sign_in: SignIn) -> ApplicationAccess:
    """Like `seat_at`, for handing in: hand-ins wait for each other in order of arrival, in front of the first row.

    All of them write to the same counters, and PostgreSQL lets anybody overtake who waits for a row (p99 against p50
    of 32 hand-ins: 4.4 by the row, 1.3 by this queue).
    """
    if not reading():
        wait_in_queue(HAND_INS)
    return application_access(key, sign_in, Right.WRITE)


def handed_in_application(key: str, *conditions: ColumnElement[bool]) -> Application:
    """The application for the team, under these conditions; drafts are nobody's business but their writer's."""
    application = _application(key, *conditions)
    if application.submitted_at is None:
        raise NotFound
    return application


def attachment_of(application: Application, key: str, *, removed: bool = False) -> Attachment:
    """A file of this application; `removed`: also one that was taken away after it was handed in."""
    wanted = select(Attachment).where(Attachment.application_id == application.id, Attachment.key == key)
    found = db.session.scalar(wanted if removed else wanted.where(Attachment.removed_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def invitation_to(key: str, person_id: int) -> tuple[Application, Member]:
    """The file at this key to which this person is invited and has not answered. Raises Missing for everybody else."""
    application = _application(key)
    member = member_of(application, person_id)
    if member.accepted_at is not None:
        raise NotFound
    return application, member


def member_of(application: Application, person_id: int) -> Member:
    """Somebody who works on this file."""
    found = next((one for one in around.members_of(application.id) if one.person_id == person_id), None)
    if found is None:
        raise NotFound
    return found


def _role(application: Application, sign_in: SignIn) -> Role | None:
    if application.person_id == sign_in.person_id and (sign_in.confirmed or application.started_in_id == sign_in.id):
        return Role.OWNER
    if not sign_in.confirmed:
        return None
    if application.assisted_by_id == sign_in.person_id and sign_in.roles:
        return Role.ASSISTANT
    named = around.role_of_member(application.id, sign_in.person_id)
    return Role(named) if named else None


def _application(key: str, *conditions: ColumnElement[bool], options: Sequence[Any] = ()) -> Application:
    """The row, held for whoever may write: two hand-ins at one instant take turns on PostgreSQL too."""
    wanted = select(Application).options(*options).where(Application.key == key, *conditions)
    if not reading():
        wanted = wanted.with_for_update(of=Application, key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found
