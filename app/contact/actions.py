"""Receive, handle and delete messages."""

from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.accounts.queries import colleagues
from app.accounts.rules import hashed, new_token
from app.contact import queries
from app.contact.models import Message
from app.contact.rules import MOST_OFFERS, OFFERS_WITHIN
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock
from app.core.db.unique import get_or_create
from app.core.i18n.addresses import mailed_address
from app.core.text.markdown import quoted
from app.mail.actions import writing

PAGE, COPY = "contact_staff.message", "contact_public.copy"


def receive(
    key: str, *, name: str, email: str, language: str, text: str, wants_copy: bool = False, at: datetime
) -> Message:
    """Store a message and mail it to the colleagues who handle messages. Idempotent per `key`.

    Nothing that was typed is sent to the typed address: who wants a copy first gets a link, so the form cannot be used
    to send mail to others.
    """
    message, is_new = get_or_create(
        lambda: queries.message(key),
        lambda: Message(key=key, name=name, email=email, language=language, text=text, received_at=at),
    )
    if is_new:
        _tell_colleagues(message, at=at)
    if wants_copy and message.copy_hash is None:
        _offer_copy(message, at=at)
    return message


def send_copy(message: Message, *, at: datetime) -> None:
    """Mail the message to its writer, who asked for it with the mailed link. Idempotent."""
    lock(message)
    if message.copied_at is not None:
        return
    message.copied_at = at
    db.session.flush()
    audit_trail.record("message.copied", by=f"message:{message.id}", about=f"message:{message.id}", at=at)
    writing.queue(
        "message_copy",
        to_name=message.name,
        to_email=message.email,
        language=message.language,
        key=f"message:{message.id}:copy",
        about=f"message:{message.id}",
        at=at,
        message=message,
        words=quoted(message.text),
    )


def _tell_colleagues(message: Message, *, at: datetime) -> None:
    audit_trail.record("message.received", by=f"message:{message.id}", about=f"message:{message.id}", at=at)
    for colleague in colleagues():
        writing.queue(
            "message_received",
            to_name=colleague.name,
            to_email=colleague.email,
            language=colleague.language,
            key=f"message:{message.id}:{colleague.id}",
            about=f"message:{message.id}",
            at=at,
            message=message,
            words=quoted(message.text),
            url=mailed_address(PAGE, lang=colleague.language, key=message.key),
        )


def _offer_copy(message: Message, *, at: datetime) -> None:
    """Mail a link to a copy, without a word that was typed; not more than a few a day to one address."""
    if queries.copies_offered(message.email, at - OFFERS_WITHIN) >= MOST_OFFERS:
        return
    token = new_token()
    message.copy_hash = hashed(token)
    db.session.flush()
    writing.queue(
        "message_copy_link",
        to_name="",
        to_email=message.email,
        language=message.language,
        key=f"message:{message.id}:copy-link",
        about=f"message:{message.id}",
        at=at,
        url=mailed_address(COPY, lang=message.language, key=token),
    )


def handle(message: Message, *, by: Person, at: datetime) -> None:
    """Mark a message as answered."""
    lock(message)
    if message.handled_at is None:
        message.handled_at, message.handled_by_id = at, by.id
        db.session.flush()
        audit_trail.record("message.handled", by=by.ref, about=f"message:{message.id}", at=at)


def reopen(message: Message, *, by: Person, at: datetime) -> None:
    """Mark a message as waiting again."""
    lock(message)
    if message.handled_at is not None:
        message.handled_at, message.handled_by_id = None, None
        db.session.flush()
        audit_trail.record("message.reopened", by=by.ref, about=f"message:{message.id}", at=at)


def forget(*, before: datetime) -> int:
    """Delete messages handled before this moment; return how many."""
    return change_any(delete(Message).where(Message.handled_at <= before))
