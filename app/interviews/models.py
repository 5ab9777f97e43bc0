"""Slots and interviews."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.bilingual import Bilingual, bilingual
from app.core.db import Model, Moment


class Interview(Model):
    """An applicant whom we want to meet. They choose a slot until `choose_by`; `notes` are for team and jury alone."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    invited_at: Mapped[datetime] = mapped_column(Moment)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    choose_by: Mapped[date] = mapped_column(Date)
    chosen_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    notes: Mapped[str] = mapped_column(Text, default="")


class Slot(Model):
    """A time at which an interview can be. `interview_id` is unique: two applicants never get one slot.

    `language`: in which it can be held, empty for both; `link`: where to meet at a distance.
    """

    __tablename__ = "slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    place: Mapped[Bilingual] = bilingual("place")
    link: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text, default="")
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="SET NULL"), unique=True)
    revised_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def day(self) -> date:
        """The day in Brussels on which it is."""
        return clock.day_of(self.starts_at)


class Interviewer(Model):
    """Somebody who sits at the table in one slot."""

    __tablename__ = "interviewer"

    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
