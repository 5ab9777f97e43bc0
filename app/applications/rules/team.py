"""Roles and rights of people who work on one application together."""

import enum

from flask_babel import lazy_gettext as _l


class Right(enum.StrEnum):
    READ = "read"
    WRITE = "write"
    OWN = "own"


class Role(enum.StrEnum):
    """How a person belongs to an application."""

    OWNER = "owner"
    WRITER = "writer"
    READER = "reader"
    ASSISTANT = "assistant"


ROLE_NAMES = {
    Role.OWNER: _l("owner"),
    Role.WRITER: _l("writes along"),
    Role.READER: _l("reads along"),
    Role.ASSISTANT: _l("helps on behalf of the team of Coopcity"),
}
INVITED = (Role.WRITER, Role.READER)
RIGHTS = {
    Role.OWNER: frozenset(Right),
    Role.WRITER: frozenset({Right.READ, Right.WRITE}),
    Role.READER: frozenset({Right.READ}),
    Role.ASSISTANT: frozenset({Right.READ, Right.WRITE}),
}

# Letters with a way in of their own, or that ask for an answer which only the owner can give.
OWNER_ONLY = frozenset(
    {"application_started", "application_started_again", "application_assisted", "application_invitation"}
    | {"place_reminder"}
)


def gets_letter(kind: str, role: Role, *, accepted: bool) -> bool:
    """True when somebody with this role gets letters of this kind about an application.

    The owner gets each. Members who accepted and may write get those that the owner need not answer alone;
    readers, open invitations and the colleague who assists get none.
    """
    if role is Role.OWNER:
        return True
    return role in INVITED and accepted and may(role, Right.WRITE) and kind not in OWNER_ONLY


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]
