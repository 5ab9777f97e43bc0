"""Who is too close to which file."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.conflicts.rules.status import ConflictStatus
from app.core.db.base import Model, UTCDateTime


class ConflictOfInterest(Model):
    """One person and one file. `sign`: what it comes from; `words`: what the person or the team says of it.

    `by_id`: who said how it stands; nobody as long as it is only proposed.
    """

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("person_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(Text, default=ConflictStatus.PROPOSED)
    signal: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
