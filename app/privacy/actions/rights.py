"""Correct data, withdraw a consent, erase everything."""

from datetime import datetime

from sqlalchemy import delete, or_

from app.accounts.models import Person, SignIn, SignInLink
from app.applications.actions import handing_in
from app.applications.actions.removing import drop_unused
from app.applications.models import Member
from app.applications.rules.states import OPEN_STATES, State
from app.consents.models import Consent
from app.contact.models import Message
from app.core.audit import audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.search.search_index import index_application
from app.core.text.unsent_texts import UnsentText
from app.events import actions as events
from app.mail.models import OutgoingMail
from app.privacy.actions.emptying import carry_out, delete_files, empty
from app.privacy.queries import retention, sources
from app.programmes.models import LateCode
from app.subscriptions import actions as subscriptions


def correct(person: Person, *, name: str, language: str, at: datetime) -> None:
    """Set name and language."""
    person.name, person.language = name, language
    for one in sources.subject_of(person).applications:
        if one.reference:
            index_application(one.id, one.words, one.language)
    audit_trail.record("person.corrected", by=person.ref, about=person.ref, at=at)


def erase(person: Person, *, by: str, at: datetime) -> None:
    """Erase a person: keep what is counted, and an empty row for the audit trail to refer to.

    Raises Conflict for somebody with a role: revoke it first.
    """
    lock(person)
    db.session.expire(person, ["grants"])
    if person.grants:
        raise Conflict("roles")
    subject = sources.subject_of(person)
    lock(*subject.applications)
    digests = retention.digests_of(subject.applications)
    for one in subject.applications:
        if one.state in OPEN_STATES:
            handing_in.apply_outcome(one, State.WITHDRAWN, reason="", by=person, at=at)
    gone = [one for one in subject.applications if one.reference is None or one.is_rehearsal]
    delete_files(gone)
    empty([one for one in subject.applications if one not in gone], at=at)
    events.forget_address(person.email, at=at)
    subscriptions.forget_address(person.email)
    for model, where in (
        (
            OutgoingMail,
            or_(
                OutgoingMail.to_email == person.email,
                OutgoingMail.about.in_([*subject.refs, *sources.written_by(person)]),
            ),
        ),
        (AccessLogEntry, or_(AccessLogEntry.about.in_(subject.refs), AccessLogEntry.by == person.ref)),
        (Message, Message.email == person.email),
        (Consent, Consent.person_id == person.id),
        (LateCode, LateCode.email == person.email),
        (Member, Member.person_id == person.id),
        (UnsentText, UnsentText.person_id == person.id),
        (SignInLink, SignInLink.person_id == person.id),
        (SignIn, SignIn.person_id == person.id),
    ):
        carry_out(delete(model).where(where))
    person.email, person.name, person.email_confirmed_at = f"erased-{person.id}", "", None
    db.session.flush()
    audit_trail.record("person.erased", by=by, about=person.ref, at=at)
    drop_unused(digests, at=at)
