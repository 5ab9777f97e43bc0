"""Slots and interviews."""

from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db.base import Model, UTCDateTime
from app.core.i18n.bilingual import Bilingual, bilingual
from app.interviews.rules import NOTICE_HOURS


class InterviewPlan(Model):
    """How applicants of one call choose. A call without a row goes by the default.

    `notice_hours`: so long before a slot begins, its applicant may still take it or leave it without the team.
    """

    __tablename__ = "interview_plan"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    notice_hours: Mapped[int] = mapped_column(default=NOTICE_HOURS)

    @property
    def notice(self) -> timedelta:
        """The same as a length of time."""
        return timedelta(hours=self.notice_hours)


class Interview(Model):
    """An applicant whom we want to meet. They choose a slot until `choose_by`; `notes` are for team and jury alone."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    choose_by: Mapped[date] = mapped_column(Date)
    chosen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    notes: Mapped[str] = mapped_column(Text, default="")


class Slot(Model):
    """A time at which an interview can be. `interview_id` is unique: two applicants never get one slot.

    `language`: in which it can be held, empty for both; `link`: where to meet at a distance.
    """

    __tablename__ = "slot"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    place: Mapped[Bilingual] = bilingual("place")
    link: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text, default="")
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="SET NULL"), unique=True)
    revised_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def day(self) -> date:
        """The day in Brussels on which it is."""
        return clock.day_of(self.starts_at)


class Interviewer(Model):
    """Somebody who sits at the table in one slot."""

    __tablename__ = "interviewer"

    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class CalledOff(Model):
    """What stands in a calendar outside the house and will not take place: kept so that its file can say so.

    Of an applicant (`interview_id`), or of somebody who sat at the table (`person_id`); it goes once they meet after
    all.
    """

    __tablename__ = "called_off"
    __table_args__ = (UniqueConstraint("person_id", "slot_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    slot_key: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
