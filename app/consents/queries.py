"""Queries about consents and the addresses they allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Person
from app.consents.models import Consent
from app.consents.rules import NEWSLETTER
from app.core.db.base import db


@dataclass(frozen=True)
class NewsletterConsent:
    """A confirmed address that may get the newsletter."""

    email: str
    language: str
    given_at: datetime
    ends_at: datetime | None
    version: str


def is_active(at: datetime) -> ColumnElement[bool]:
    """Condition: the consent applies at this moment."""
    return Consent.withdrawn_at.is_(None) & or_(Consent.ends_at.is_(None), Consent.ends_at > at)


def consents_of(person_id: int, application_ids: Iterable[int]) -> list[Consent]:
    """Consents of this person and of their applications, newest first."""
    wanted = select(Consent).where(
        or_(Consent.person_id == person_id, Consent.application_id.in_(list(application_ids)))
    )
    return list(db.session.scalars(wanted.order_by(Consent.given_at.desc(), Consent.id.desc())))


def active(person_id: int, purpose: str, *, application_id: int | None, at: datetime) -> list[Consent]:
    """Consents to this purpose that apply now, of the person or of the application."""
    about = (
        (Consent.person_id == person_id) & Consent.application_id.is_(None)
        if application_id is None
        else Consent.application_id == application_id
    )
    return list(db.session.scalars(select(Consent).where(about, Consent.purpose == purpose, is_active(at))))


def newsletter_consents(at: datetime) -> list[NewsletterConsent]:
    """Confirmed addresses with an active newsletter consent, each once."""
    rows = db.session.execute(
        select(Person.email, Person.language, Consent.given_at, Consent.ends_at, Consent.version)
        .join(Consent, Consent.person_id == Person.id)
        .where(Consent.purpose == NEWSLETTER, is_active(at), Person.email_confirmed_at.is_not(None))
        .order_by(Person.email, Consent.given_at, Consent.id)
    )
    return list({row.email: NewsletterConsent(*row) for row in rows}.values())
