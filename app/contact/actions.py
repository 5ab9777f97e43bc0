"""Receive, handle and delete messages."""

from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.accounts.queries import colleagues
from app.contact import queries
from app.contact.models import Message
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock
from app.core.db.unique import get_or_create
from app.core.i18n.addresses import mailed_address
from app.core.text.markdown import quoted
from app.mail.actions import writing

PAGE = "contact_staff.message"


def receive(key: str, *, name: str, email: str, language: str, text: str, at: datetime) -> Message:
    """Store a message and mail it to the colleagues who handle messages. Idempotent per `key`.

    Nothing is sent to the typed address, so the form cannot be used to send mail to others.
    """
    message, is_new = get_or_create(
        lambda: queries.message(key),
        lambda: Message(key=key, name=name, email=email, language=language, text=text, received_at=at),
    )
    if not is_new:
        return message
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
            words=quoted(text),
            url=mailed_address(PAGE, lang=colleague.language, key=key),
        )
    return message


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
