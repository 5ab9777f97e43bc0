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


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]
