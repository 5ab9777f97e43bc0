"""Decisions."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.models import Application
from app.core.db import Model, Moment


class Decision(Model):
    """The outcome of one application: taken in private, told later together with the others."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    outcome: Mapped[str] = mapped_column(Text)
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime] = mapped_column(Moment)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_by: Mapped[date | None] = mapped_column(Date)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)

    application: Mapped[Application] = relationship(lazy="joined")
