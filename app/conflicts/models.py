"""Who is too close to which file."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.conflicts.rules.standing import Standing
from app.core.db.base import Model, Moment


class ConflictOfInterest(Model):
    """One person and one file. `sign`: what it comes from; `words`: what the person or the team says of it.

    `by_id`: who said how it stands; nobody as long as it is only proposed.
    """

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("person_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    standing: Mapped[str] = mapped_column(Text, default=Standing.PROPOSED)
    sign: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
