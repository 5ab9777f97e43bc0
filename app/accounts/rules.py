"""Roles, how long a link and a sign-in last, and which deeds a person may do."""

import enum
import hashlib
import secrets
from datetime import timedelta

LINK_LASTS = timedelta(minutes=30)
SIGN_IN_LASTS = {"applicant": timedelta(days=30), "team": timedelta(hours=12)}


class Role(enum.StrEnum):
    """What a person does for the centre; an applicant needs none."""

    ADMIN = "admin"
    MANAGER = "manager"
    EDITOR = "editor"
    JUROR = "juror"


STAFF = frozenset({Role.ADMIN, Role.MANAGER})
EDITORS = frozenset({Role.ADMIN, Role.MANAGER, Role.EDITOR})
TEAM = frozenset(Role)


def new_token() -> str:
    """256 random bits for a link or a session, spelled for an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database keeps of a token: a stolen copy of the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_lasts(roles: frozenset[Role]) -> timedelta:
    """An applicant's draft may stay open for a month; the team signs in every working day."""
    return SIGN_IN_LASTS["team" if roles else "applicant"]
