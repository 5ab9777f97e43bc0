"""Queries of the team's inbox."""

from sqlalchemy import func, select

from app.contact.models import Message
from app.core.db.base import db


def messages(limit: int) -> list[Message]:
    """Waiting messages, oldest first, then handled ones, newest first."""
    is_handled = Message.handled_at.is_not(None)
    wanted = select(Message).order_by(is_handled, Message.handled_at.desc(), Message.received_at, Message.id)
    return list(db.session.scalars(wanted.limit(limit)))


def message(key: str) -> Message | None:
    return db.session.scalar(select(Message).where(Message.key == key))


def how_many_wait() -> int:
    """How many messages wait."""
    return db.session.scalar(select(func.count()).where(Message.handled_at.is_(None))) or 0
