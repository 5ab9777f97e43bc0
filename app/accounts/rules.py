"""Roles, how long a link and a sign-in last, and which deeds a person may do."""

import enum
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

SIGN_IN_LASTS = {"applicant": timedelta(days=30), "team": timedelta(hours=12)}


class Role(enum.StrEnum):
    """What a person does for the centre; an applicant needs none."""

    ADMIN = "admin"
    MANAGER = "manager"
    EDITOR = "editor"
    REVIEWER = "reviewer"


STAFF = frozenset({Role.ADMIN, Role.MANAGER})
EDITORS = frozenset({Role.ADMIN, Role.MANAGER, Role.EDITOR})
TEAM = frozenset(Role)


class Level(enum.StrEnum):
    """What a sign-in carries of the roles of its person: none, that of a reviewer, or all."""

    PERSON = "person"
    REVIEWER = "reviewer"
    FULL = "full"


class Purpose(enum.StrEnum):
    """Why a link was made. It decides how long the link lasts and what the sign-in carries."""

    SIGN_IN = "sign_in"
    START = "start"
    INVITATION = "invitation"
    ASSISTED = "assisted"
    REVIEWER = "reviewer"
    TEAM = "team"
    PRINTED = "printed"


@dataclass(frozen=True)
class Terms:
    """`one_browser`: only the browser that asked may use the link; `most_per_hour`: for one person, 0 without limit."""

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
    """The roles that count in a sign-in of this level."""
    if level == Level.FULL:
        return roles
    return roles & {Role.REVIEWER} if level == Level.REVIEWER else frozenset()


def new_token() -> str:
    """256 random bits for a link or a session, spelled for an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps of a token: a stolen copy of the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_lasts(roles: frozenset[Role]) -> timedelta:
    """An applicant's draft may stay open for a month; the team signs in every working day."""
    return SIGN_IN_LASTS["team" if roles else "applicant"]
