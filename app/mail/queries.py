"""Letters waiting, letters of one thing, letters that did not arrive; the team's words."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from app.core.db.base import db
from app.mail.models import Letter, Wording
from app.mail.rules.states import LetterState


def letters_about(about: str) -> list[Letter]:
    """Every letter that one thing caused, newest first; their words are read when they are asked for."""
    heavy = (defer(Letter.html), defer(Letter.text), defer(Letter.body))
    wanted = select(Letter).where(Letter.about == about).order_by(Letter.id.desc())
    return list(db.session.scalars(wanted.options(*heavy)))


def recent_letters(count: int) -> list[Letter]:
    """The last letters of the whole house, newest first."""
    return list(db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(count)))


def letter(letter_id: int) -> Letter | None:
    """One letter."""
    return db.session.get(Letter, letter_id)


def letter_with_key(key: str) -> Letter | None:
    """The letter of one event."""
    return db.session.scalar(select(Letter).where(Letter.key == key))


def times_again(letter_id: int) -> int:
    """How often this letter was sent once more."""
    return db.session.scalar(select(func.count()).where(Letter.again_of_id == letter_id)) or 0


def is_due(at: datetime) -> bool:
    """Is there an e-mail to send now?"""
    waiting = Letter.state.in_([LetterState.QUEUED, LetterState.SENDING])
    return db.session.scalar(select(Letter.id).where(waiting, Letter.due_at <= at).limit(1)) is not None


def exists(key: str) -> bool:
    """Was this letter written already?"""
    return db.session.scalar(select(Letter.id).where(Letter.key == key)) is not None


def wording(kind: str) -> Wording | None:
    """The team's own words for a kind of letter, where it wrote some."""
    return db.session.get(Wording, kind)


def wordings() -> dict[str, Wording]:
    """All of the team's own words, by kind."""
    return {one.kind: one for one in db.session.scalars(select(Wording))}
