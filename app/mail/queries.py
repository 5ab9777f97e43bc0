"""Letters waiting, letters of one thing, letters that did not arrive."""

from sqlalchemy import func, select

from app.core.db import db
from app.mail.models import Letter
from app.mail.rules import LetterState


def letters_about(about: str) -> list[Letter]:
    """Every letter that one thing caused, newest first."""
    return list(db.session.scalars(select(Letter).where(Letter.about == about).order_by(Letter.id.desc())))


def recent_letters(count: int) -> list[Letter]:
    """The last letters of the whole house, newest first."""
    return list(db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(count)))


def letter(letter_id: int) -> Letter | None:
    """One letter."""
    return db.session.get(Letter, letter_id)


def how_many(state: LetterState) -> int:
    """How many letters are in this state."""
    return db.session.scalar(select(func.count()).where(Letter.state == state)) or 0


def exists(key: str) -> bool:
    """Was this letter written already?"""
    return db.session.scalar(select(Letter.id).where(Letter.key == key)) is not None
