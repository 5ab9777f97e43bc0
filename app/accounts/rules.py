"""Roles, actions a role may do, and how long links and sessions last."""

import enum
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

SIGN_IN_LASTS = {"applicant": timedelta(days=30), "team": timedelta(hours=12)}


class Role(enum.StrEnum):
    """A role in the centre. Applicants need none."""

    ADMIN = "admin"
    MANAGER = "manager"
    EDITOR = "editor"
    REVIEWER = "reviewer"


STAFF = frozenset({Role.ADMIN, Role.MANAGER})
EDITORS = frozenset({Role.ADMIN, Role.MANAGER, Role.EDITOR})
TEAM = frozenset(Role)


class Level(enum.StrEnum):
    """Which roles of the person a session carries: none, reviewer, or all."""

    PERSON = "person"
    REVIEWER = "reviewer"
    FULL = "full"


class Purpose(enum.StrEnum):
    """Why a link was made; sets how long it lasts and the level of the session."""

    SIGN_IN = "sign_in"
    START = "start"
    INVITATION = "invitation"
    ASSISTED = "assisted"
    REVIEWER = "reviewer"
    TEAM = "team"
    PRINTED = "printed"


@dataclass(frozen=True)
class Terms:
    """`one_browser`: only the requesting browser may use the link; `most_per_hour`: per person, 0 for no limit."""

    lasts: timedelta
    level: Level
    one_browser: bool = False
    most_per_hour: int = 0


WAY_BACK_LASTS = timedelta(days=14)
TERMS = {
    Purpose.SIGN_IN: Terms(timedelta(minutes=30), Level.PERSON, most_per_hour=5),
    Purpose.START: Terms(WAY_BACK_LASTS, Level.PERSON, most_per_hour=10),
    Purpose.INVITATION: Terms(WAY_BACK_LASTS, Level.PERSON, most_per_hour=10),
    Purpose.ASSISTED: Terms(WAY_BACK_LASTS, Level.PERSON),
    Purpose.REVIEWER: Terms(WAY_BACK_LASTS, Level.REVIEWER),
    Purpose.TEAM: Terms(timedelta(minutes=10), Level.FULL, one_browser=True, most_per_hour=5),
    Purpose.PRINTED: Terms(timedelta(hours=12), Level.FULL),
}


def roles_at(level: str, roles: frozenset[Role]) -> frozenset[Role]:
    """The roles that apply at this level."""
    if level == Level.FULL:
        return roles
    return roles & {Role.REVIEWER} if level == Level.REVIEWER else frozenset()


def new_token() -> str:
    """A random token of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """The hash stored for a token, so that a stolen database opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_lasts(roles: frozenset[Role]) -> timedelta:
    """A month for applicants, so that a draft stays open; one working day for the team."""
    return SIGN_IN_LASTS["team" if roles else "applicant"]
