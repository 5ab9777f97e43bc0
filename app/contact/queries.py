"""Queries of the team's inbox."""

from datetime import datetime

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


def with_copy_link(copy_hash: str) -> Message | None:
    """The message whose mailed link has this hash."""
    return db.session.scalar(select(Message).where(Message.copy_hash == copy_hash))


def copies_offered(email: str, since: datetime) -> int:
    """How many links to a copy were mailed to this address since then."""
    offered = (Message.email == email) & Message.copy_hash.is_not(None) & (Message.received_at > since)
    return db.session.scalar(select(func.count()).where(offered)) or 0


def how_many_wait() -> int:
    """How many messages wait."""
    return db.session.scalar(select(func.count()).where(Message.handled_at.is_(None))) or 0
