"""Queries about people, roles, links and sessions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person, RoleGrant, SignIn, SignInLink
from app.accounts.rules import STAFF, Purpose, Role, hashed
from app.core.db.base import db
from app.core.db.transactions import reading
from app.core.errors import NotFound


def person_by_email(email: str) -> Person | None:
    """The person with this normalised address."""
    return db.session.scalar(select(Person).where(Person.email == email))


def person_by_id(person_id: int) -> Person:
    """The person with this id. Raises NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


# Built once: every signed-in page runs this query, and building it takes as long as executing it.
_OPEN_SIGN_IN = (
    select(SignIn)
    .options(joinedload(SignIn.person).joinedload(Person.grants))
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None), SignIn.ends_at > bindparam("at"))
)


def open_sign_in(token: str, at: datetime) -> SignIn | None:
    """The open session of this cookie, with its person and roles, in one statement."""
    return db.session.scalars(_OPEN_SIGN_IN, {"token": hashed(token), "at": at}).unique().one_or_none()


def usable_link(token: str, at: datetime) -> SignInLink | None:
    """The link of this token, unless it is used or expired."""
    return db.session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == hashed(token), SignInLink.used_at.is_(None), SignInLink.ends_at > at
        )
    )


def links_since(person_id: int, purpose: Purpose, moment: datetime) -> int:
    """How many links were made for this person and purpose since a moment."""
    made = select(func.count()).where(
        SignInLink.person_id == person_id, SignInLink.purpose == purpose, SignInLink.created_at > moment
    )
    return db.session.scalar(made) or 0


def names(ids: Iterable[int]) -> dict[int, str]:
    """Names by person id."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in found}


def colleagues() -> list[Person]:
    """Programme managers and administrators, who read messages from visitors."""
    wanted = select(Person).join(RoleGrant).where(RoleGrant.role.in_(STAFF)).distinct().order_by(Person.id)
    return list(db.session.scalars(wanted))


def grant_of(person_id: int, role: Role) -> RoleGrant | None:
    return db.session.scalar(select(RoleGrant).where(RoleGrant.person_id == person_id, RoleGrant.role == role))


def team() -> list[Person]:
    """Everybody with a role, by name."""
    wanted = select(Person).options(selectinload(Person.grants)).where(Person.grants.any())
    return list(db.session.scalars(wanted.order_by(func.lower(Person.name), Person.id)))


def is_last_administrator(person_id: int) -> bool:
    """True when this person is the only administrator. Locks the rows, so two administrators cannot leave at once."""
    wanted = select(RoleGrant.person_id).where(RoleGrant.role == Role.ADMIN).order_by(RoleGrant.id)
    found = list(db.session.scalars(wanted if reading() else wanted.with_for_update()))
    return found == [person_id]


def an_administrator() -> Person | None:
    """The administrator who was added first."""
    return db.session.scalar(
        select(Person).join(RoleGrant).where(RoleGrant.role == Role.ADMIN).order_by(Person.id).limit(1)
    )
