"""Queries about letters and wordings."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.core.db.base import db
from app.mail.models import OutgoingMail, Wording
from app.mail.rules.states import MailState


def letters_about(about: str) -> list[OutgoingMail]:
    """Every letter about one thing, newest first; texts are loaded on demand."""
    heavy = (defer(OutgoingMail.html), defer(OutgoingMail.text), defer(OutgoingMail.body))
    wanted = select(OutgoingMail).where(OutgoingMail.about == about).order_by(OutgoingMail.id.desc())
    return list(db.session.scalars(wanted.options(*heavy)))


def recent_letters(count: int) -> list[OutgoingMail]:
    """The last letters of all rooms, newest first."""
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(count)))


def letter(letter_id: int) -> OutgoingMail | None:
    """A letter by id."""
    return db.session.get(OutgoingMail, letter_id)


def letter_with_key(key: str) -> OutgoingMail | None:
    """The letter of one event."""
    return db.session.scalar(select(OutgoingMail).where(OutgoingMail.key == key))


def times_again(letter_id: int) -> int:
    """How often this letter was sent again."""
    return db.session.scalar(select(func.count()).where(OutgoingMail.again_of_id == letter_id)) or 0


def is_due(at: datetime) -> bool:
    """True when a letter is due."""
    waiting = OutgoingMail.state.in_([MailState.QUEUED, MailState.SENDING])
    return db.session.scalar(select(OutgoingMail.id).where(waiting, OutgoingMail.due_at <= at).limit(1)) is not None


def exists(key: str) -> bool:
    """True when this letter was queued already."""
    return db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None


def wording(kind: str) -> Wording | None:
    """The team's wording of a kind of letter, if any."""
    return db.session.get(Wording, kind)


def wordings() -> dict[str, Wording]:
    """The team's wordings, by kind."""
    return {one.kind: one for one in db.session.scalars(select(Wording))}
