"""Load an application or attachment and check the person's rights; answers 404 for what they may not know of."""

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

# Extension point: the people an application is hidden from, by application id.
HIDDEN_FROM = ExtensionPoint[Callable[[int], set[int]]]("hidden_from")


def people_in_conflict(application_id: int) -> set[int]:
    """The ids of the people who must not see or be mailed anything about this application."""
    return {person for hidden_from in HIDDEN_FROM.all() for person in hidden_from(application_id)}


@dataclass(frozen=True)
class ApplicationAccess:
    """An application with the role of the person who opened it."""

    application: Application
    role: Role

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    @property
    def is_owner(self) -> bool:
        return self.role is Role.OWNER

    @property
    def may_write(self) -> bool:
        """True when they may change answers and submit."""
        return may(self.role, Right.WRITE)


class UnconfirmedDraft(Conflict):
    """The draft may have been started by somebody else: its owner reviews what was done before continuing."""

    def __init__(self, key: str) -> None:
        super().__init__("look first")
        self.key = key


def application_access(key: str, sign_in: SignIn, right: Right, *, unseen: bool = False) -> ApplicationAccess:
    """The application with this key for its owner, a team member or the assisting colleague.

    An unconfirmed session opens only what was started in it. Raises NotFound for others, Forbidden for members without
    this right, and UnconfirmedDraft for an owner who has not yet reviewed what was done before they confirmed the
    address; `unseen`: for the page that shows it.
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
    """Like `application_access`, for submitting: submissions queue in arrival order before they lock their first row.

    All of them write to the same counters, and PostgreSQL grants row locks out of order (p99/p50 of 32 concurrent
    submissions: 4.4 with row locks, 1.3 with this queue).
    """
    if not reading():
        wait_in_queue(HAND_INS)
    return application_access(key, sign_in, Right.WRITE)


def handed_in_application(key: str, *conditions: ColumnElement[bool]) -> Application:
    """The application for the team, under these conditions. Raises NotFound for drafts."""
    application = _application(key, *conditions)
    if application.submitted_at is None:
        raise NotFound
    return application


def attachment_of(application: Application, key: str, *, removed: bool = False) -> Attachment:
    """An attachment of this application; `removed`: also one that was removed after submission."""
    wanted = select(Attachment).where(Attachment.application_id == application.id, Attachment.key == key)
    found = db.session.scalar(wanted if removed else wanted.where(Attachment.removed_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def invitation_to(key: str, person_id: int) -> tuple[Application, Member]:
    """The application to which this person has an unanswered invitation. Raises NotFound otherwise."""
    application = _application(key)
    member = member_of(application, person_id)
    if member.accepted_at is not None:
        raise NotFound
    return application, member


def member_of(application: Application, person_id: int) -> Member:
    """A member of the team of this application."""
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
    """The row, locked when the caller may write, so that concurrent submissions serialise on PostgreSQL too."""
    wanted = select(Application).options(*options).where(Application.key == key, *conditions)
    if not reading():
        wanted = wanted.with_for_update(of=Application, key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found
