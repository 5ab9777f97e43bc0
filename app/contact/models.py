"""The table of messages from visitors."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime


class Message(Model):
    """A message from the contact page, in the language of that page; `handled_at` is empty while it waits.

    `copy_hash`: of the mailed link with which the writer asks for a copy; `copied_at`: when the copy was mailed.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    copy_hash: Mapped[str | None] = mapped_column(Text, unique=True)
    copied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
