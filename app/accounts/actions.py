"""Knowing a person, giving roles, mailing links, opening and closing sign-ins."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update

from app.accounts import queries
from app.accounts.models import Person, RoleGrant, SignIn, SignInLink
from app.accounts.rules import LINK_LASTS, Role, hashed, new_token, sign_in_lasts
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict

WAY_BACK_LASTS = timedelta(days=14)  # the link in the letter that follows a start


def know(email: str, *, name: str, language: str, at: datetime) -> Person:
    """The person with this address, made when new. A known person's name and language stay as they were."""
    person = queries.person_by_email(email)
    if person is None:
        person = Person(email=email, name=name, language=language, created_at=at, grants=[])
        db.session.add(person)
        db.session.flush()
        audit.record("person.added", by=person.ref, about=person.ref, at=at)
    return person


def grant(person: Person, role: Role, *, by: str, at: datetime) -> None:
    """Give a role; nothing happens when it is held already."""
    if role in person.roles:
        return
    person.grants.append(RoleGrant(role=role.value))
    db.session.flush()
    audit.record("person.role_granted", by=by, about=person.ref, at=at, role=role.value)


def make_link(person: Person, *, next_path: str, at: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """A one-time sign-in token for this person; the caller mails or prints it, nobody can read it again."""
    token = new_token()
    db.session.add(
        SignInLink(
            token_hash=hashed(token), person_id=person.id, next_path=next_path, created_at=at, ends_at=at + lasts
        )
    )
    db.session.flush()
    audit.record("person.link_made", by="system", about=person.ref, at=at)
    return token


def use_link(token: str, *, at: datetime) -> tuple[str, SignIn, str]:
    """Trade a mailed token for a confirmed sign-in: (session token, sign-in, where to go).

    One atomic UPDATE decides who used it: of two clicks one wins. Raises Conflict when used, old or unknown.
    """
    used = db.session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == hashed(token), SignInLink.used_at.is_(None), SignInLink.ends_at > at)
        .values(used_at=at)
        .returning(SignInLink.person_id, SignInLink.next_path)
    ).one_or_none()
    if used is None:
        raise Conflict("link")
    person = db.session.get_one(Person, used.person_id)
    person.email_confirmed_at = person.email_confirmed_at or at
    session_token, sign_in = open_door(person, confirmed=True, at=at)
    audit.record("person.signed_in", by=person.ref, about=person.ref, at=at)
    return session_token, sign_in, used.next_path


def open_door(person: Person, *, confirmed: bool, at: datetime) -> tuple[str, SignIn]:
    """Begin a sign-in on this device: (session token, sign-in)."""
    token = new_token()
    ends_at = at + sign_in_lasts(person.roles if confirmed else frozenset())
    sign_in = SignIn(token_hash=hashed(token), person=person, confirmed=confirmed, started_at=at, ends_at=ends_at)
    db.session.add(sign_in)
    db.session.flush()
    return token, sign_in


def close_door(sign_in: SignIn, *, at: datetime) -> None:
    """Sign out on this device."""
    sign_in.ended_at = at
    audit.record("person.signed_out", by=sign_in.person.ref, about=sign_in.person.ref, at=at)


def forget_old_links(*, before: datetime) -> int:
    """Delete links that were used or had ended by then; returns how many."""
    old = or_(SignInLink.used_at <= before, SignInLink.ends_at <= before)
    gone = db.session.execute(delete(SignInLink).where(old))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE counts
