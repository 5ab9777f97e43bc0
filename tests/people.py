"""The cast: the same few people in every test, each with a browser of their own in which they are signed in."""

from dataclasses import dataclass

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Role
from app.core import clock
from app.core.db.base import db
from tests.pages import PageClient


@dataclass(frozen=True)
class Part:
    """A part that somebody plays."""

    name: str
    email: str
    language: str
    role: Role | None = None


AMINA = Part("Amina Haddad", "amina@example.be", "fr")
BRUNO = Part("Bruno Claes", "bruno@example.be", "nl")
CHLOE = Part("Chloé Lambert", "chloe@example.be", "fr", Role.REVIEWER)
DAAN = Part("Daan Willems", "daan@example.be", "nl", Role.REVIEWER)
ELS = Part("Els Peeters", "els@coopcity.example", "nl", Role.MANAGER)
FARID = Part("Farid Benali", "farid@coopcity.example", "fr", Role.EDITOR)
GRETA = Part("Greta Maes", "greta@coopcity.example", "nl", Role.ADMIN)


def known(part: Part) -> Person:
    """The row of this person, made when it is not there yet."""
    person = accounts.get_or_create_person(part.email, name=part.name, language=part.language, at=clock.now())
    if part.role:
        accounts.grant(person, part.role, by="tests", at=clock.now())
    return person


class SignedIn(PageClient):
    """A page client with a person and an open sign-in."""

    def __init__(self, app: Flask, person: Person, *, confirmed: bool = True) -> None:
        super().__init__(app)
        if confirmed:
            person.email_confirmed_at = person.email_confirmed_at or clock.now()
        token, sign_in = accounts.start_session(person, confirmed=confirmed, at=clock.now())
        db.session.commit()
        self.person_id, self.sign_in_id, self.language = person.id, sign_in.id, person.language
        self.put_in_session(sign_in=token)

    @property
    def person(self) -> Person:
        """Who sits here, read anew."""
        return db.session.get_one(Person, self.person_id)


def signed_in(app: Flask, part: Part, *, confirmed: bool = True) -> SignedIn:
    """A browser in which this person is signed in; `confirmed=False`: the address was typed, not proved."""
    return SignedIn(app, known(part), confirmed=confirmed)


@pytest.fixture
def amina(app: Flask) -> SignedIn:
    """Applicant, in French."""
    return signed_in(app, AMINA)


@pytest.fixture
def bruno(app: Flask) -> SignedIn:
    """Applicant, in Dutch."""
    return signed_in(app, BRUNO)


@pytest.fixture
def chloe(app: Flask) -> SignedIn:
    """Juror."""
    return signed_in(app, CHLOE)


@pytest.fixture
def daan(app: Flask) -> SignedIn:
    """Juror, in conflict with a file where a test says so."""
    return signed_in(app, DAAN)


@pytest.fixture
def els(app: Flask) -> SignedIn:
    """Programme manager."""
    return signed_in(app, ELS)


@pytest.fixture
def farid(app: Flask) -> SignedIn:
    """Editor: writes pages, reads no applications."""
    return signed_in(app, FARID)


@pytest.fixture
def greta(app: Flask) -> SignedIn:
    """Administrator."""
    return signed_in(app, GRETA)
