"""The outbox."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, Moment
from app.mail.rules import LetterState


class Letter(Model):
    """One letter to one person, worded when it was caused. `key` is unique: one event gives one letter."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, index=True)
    to_name: Mapped[str] = mapped_column(Text)
    to_email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default=LetterState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
