"""Tables: jury meetings, members, agenda items and absences."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import Model, UTCDateTime
from app.core.i18n.bilingual import Bilingual, bilingual
from app.meetings.rules import is_gone


class Meeting(Model):
    """One jury meeting of a call. `quorum`: members who must be present for a decision.

    `agreed_at`: when the minutes were agreed, which freezes them. `revised_at`: when date, time or place last changed,
    or the meeting was cancelled.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    place: Mapped[Bilingual] = bilingual("place")
    quorum: Mapped[int]
    minutes_each: Mapped[int]
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    notes: Mapped[str] = mapped_column(Text, default="")
    revised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MeetingMember(Model):
    """A member of one meeting. `role`: member, chair or secretary."""

    __tablename__ = "meeting_member"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    came_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(lazy="joined")


class RemovedMember(Model):
    """A former member, kept so that the calendar file can cancel the entry."""

    __tablename__ = "removed_meeting_member"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Item(Model):
    """One application on the agenda. `present`: how many members decided. `draft`: a half-typed decision."""

    __tablename__ = "meeting_item"
    __table_args__ = (UniqueConstraint("meeting_id", "application_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revealed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    present: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[dict[str, str] | None] = mapped_column(JSON)

    application: Mapped[Application] = relationship(lazy="joined")

    @property
    def is_gone(self) -> bool:
        """True when nobody can decide on it any more."""
        return is_gone(State(self.application.state), decided=self.decided_at is not None)

    @property
    def is_open(self) -> bool:
        """True for the item that the meeting talks about now."""
        return self.opened_at is not None and self.decided_at is None and not self.is_gone


class Absence(Model):
    """A member who left the room for one application."""

    __tablename__ = "meeting_absence"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting_item.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
