"""Record, withdraw and delete consents."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, or_, select

from app.accounts.models import Person
from app.consents import queries
from app.consents.models import Consent
from app.consents.rules import ABOUT_THE_PERSON
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock
from app.core.extension_points import ExtensionPoint
from app.core.text.periods import Period
from app.questionnaires.rules.definition import Declaration

# Extension point: what a higher room does when a consent is withdrawn, wherever that happens.
WITHDRAWN = ExtensionPoint[Callable[..., None]]("consent_withdrawn")


def record(
    declarations: Iterable[Declaration],
    ticked: Collection[str],
    *,
    person: Person,
    application_id: int,
    before: Collection[str],
    language: str,
    at: datetime,
) -> None:
    """Store the consents of a submitted form.

    An unchanged box keeps its record and moment; a new version of the text makes a new consent. A box that was ticked
    `before` in this application and no longer is, is a withdrawal.
    """
    asked = [one for one in declarations if one.consent]
    if not asked:
        return
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    for one in asked:
        about = None if one.key in ABOUT_THE_PERSON else application_id
        known = queries.active(person.id, one.key, application_id=about, at=at)
        if one.key in ticked:
            for old in known:
                if old.version != one.version:
                    withdraw(old, by=person.ref, at=at)
            if not any(old.version == one.version for old in known):
                _give(one, person=person, application_id=about, language=language, at=at)
        elif one.key in before:
            for old in known:
                withdraw(old, by=person.ref, at=at)


def withdraw(consent: Consent, *, by: str, at: datetime) -> None:
    """End a consent at once. Idempotent."""
    lock(consent)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        db.session.flush()
        audit_trail.record("consent.withdrawn", by=by, about=consent.ref, at=at, purpose=consent.purpose)
        for obey in WITHDRAWN.all():
            obey(consent, by=by, at=at)


def forget(*, before: datetime) -> int:
    """Delete consents that were withdrawn or ended before this moment; return how many."""
    return change_any(delete(Consent).where(or_(Consent.withdrawn_at <= before, Consent.ends_at <= before)))


def _give(declaration: Declaration, *, person: Person, application_id: int | None, language: str, at: datetime) -> None:
    given = Consent(
        person_id=person.id,
        application_id=application_id,
        purpose=declaration.key,
        version=declaration.version,
        language=language,
        text=declaration.text[language],
        given_at=at,
        ends_at=Period(declaration.months).after(at) if declaration.months else None,
    )
    db.session.add(given)
    db.session.flush()
    audit_trail.record(
        "consent.given", by=person.ref, about=given.ref, at=at, purpose=given.purpose, version=given.version
    )
