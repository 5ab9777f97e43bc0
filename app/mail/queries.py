"""Letters waiting, letters of one thing, letters that did not arrive; the team's words."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.core.db.base import db
from app.mail.models import OutgoingMail, Wording
from app.mail.rules.states import MailState


def letters_about(about: str) -> list[OutgoingMail]:
    """Every letter that one thing caused, newest first; their words are read when they are asked for."""
    heavy = (defer(OutgoingMail.html), defer(OutgoingMail.text), defer(OutgoingMail.body))
    wanted = select(OutgoingMail).where(OutgoingMail.about == about).order_by(OutgoingMail.id.desc())
    return list(db.session.scalars(wanted.options(*heavy)))


def recent_letters(count: int) -> list[OutgoingMail]:
    """The last letters of the whole house, newest first."""
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(count)))


def letter(letter_id: int) -> OutgoingMail | None:
    """One letter."""
    return db.session.get(OutgoingMail, letter_id)


def letter_with_key(key: str) -> OutgoingMail | None:
    """The letter of one event."""
    return db.session.scalar(select(OutgoingMail).where(OutgoingMail.key == key))


def times_again(letter_id: int) -> int:
    """How often this letter was sent once more."""
    return db.session.scalar(select(func.count()).where(OutgoingMail.again_of_id == letter_id)) or 0


def is_due(at: datetime) -> bool:
    """Is there an e-mail to send now?"""
    waiting = OutgoingMail.state.in_([MailState.QUEUED, MailState.SENDING])
    return db.session.scalar(select(OutgoingMail.id).where(waiting, OutgoingMail.due_at <= at).limit(1)) is not None


def exists(key: str) -> bool:
    """Was this letter written already?"""
    return db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None


def wording(kind: str) -> Wording | None:
    """The team's own words for a kind of letter, where it wrote some."""
    return db.session.get(Wording, kind)


def wordings() -> dict[str, Wording]:
    """All of the team's own words, by kind."""
    return {one.kind: one for one in db.session.scalars(select(Wording))}
