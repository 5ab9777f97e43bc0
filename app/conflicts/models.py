"""The table of conflicts of interest."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.conflicts.rules.status import ConflictStatus
from app.core.db.base import Model, UTCDateTime


class ConflictOfInterest(Model):
    """One person and one application. `sign`: its origin; `words`: the explanation.

    `by_id`: who decided on it; empty while it is only proposed.
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
