"""The team's inbox."""

from sqlalchemy import select

from app.contact.models import Message
from app.core.db import db


def waiting(limit: int) -> list[Message]:
    """What nobody has handled yet, oldest first."""
    wanted = select(Message).where(Message.handled_at.is_(None)).order_by(Message.received_at, Message.id)
    return list(db.session.scalars(wanted.limit(limit)))
