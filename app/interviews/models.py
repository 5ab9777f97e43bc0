"""Tables: slots, interviews, interviewers and cancelled appointments."""

from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db.base import Model, UTCDateTime
from app.core.i18n.bilingual import Bilingual, bilingual
from app.interviews.rules import NOTICE_HOURS


class InterviewPlan(Model):
    """How applicants of one call choose. A call without a row uses the defaults.

    `notice_hours`: until this long before a slot its applicant may change or cancel it themselves.
    """

    __tablename__ = "interview_plan"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    notice_hours: Mapped[int] = mapped_column(default=NOTICE_HOURS)

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)


class Interview(Model):
    """An invited applicant. They choose a slot until `choose_by`; `notes` are for team and jury only."""

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
    """A possible interview time. `interview_id` is unique: two applicants never get one slot.

    `language`: empty for both; `link`: for a video call.
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
        """The day in Brussels."""
        return clock.day_of(self.starts_at)


class Interviewer(Model):
    """A person who interviews in one slot."""

    __tablename__ = "interviewer"

    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class CalledOff(Model):
    """A cancelled appointment, kept so that calendar files can cancel it.

    Of an applicant (`interview_id`, with the `reason` that they were given) or an interviewer (`person_id`); deleted
    when they get a new appointment.
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
    reason: Mapped[str] = mapped_column(Text, default="")
