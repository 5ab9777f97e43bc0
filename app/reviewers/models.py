"""Tables: review plans, reviewers and assignments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.applications.models import Application
from app.core.db.base import Model, UTCDateTime
from app.reviewers.rules.plan import BAND, MOST_FILES, READINGS, WIDE_SPREAD, Blind


class ReadingPlan(Model):
    """The review plan of one call. A call without a row uses the defaults.

    `wide_spread`: points between two scores on a criterion that need discussion; `band`: points of a hundred around the
    cut-off within which every application is discussed.
    """

    __tablename__ = "reading_plan"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    readings: Mapped[int] = mapped_column(default=READINGS)
    most_files: Mapped[int] = mapped_column(default=MOST_FILES)
    due_on: Mapped[date | None] = mapped_column(Date)
    blind: Mapped[str] = mapped_column(Text, default=Blind.NEVER)
    wide_spread: Mapped[int] = mapped_column(default=WIDE_SPREAD)
    band: Mapped[int] = mapped_column(default=BAND)


class Reviewer(Model):
    """A reviewer of a call. `languages` and `expertise`: codes separated by spaces.

    `most_files`: their own, lower limit; `declared_at`: when they declared their conflicts; before that they read
    nothing.
    """

    __tablename__ = "reviewer"
    __table_args__ = (UniqueConstraint("call_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(Text, default="")
    languages: Mapped[str] = mapped_column(Text)
    expertise: Mapped[str] = mapped_column(Text, default="")
    most_files: Mapped[int | None]
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    declared_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")

    @property
    def speaks(self) -> frozenset[str]:
        """The codes of their languages."""
        return frozenset(self.languages.split())

    @property
    def knows(self) -> frozenset[str]:
        """The codes of their sectors."""
        return frozenset(self.expertise.split())


class Assignment(Model):
    """One application assigned to one reviewer. `why`: the reasons of the balanced plan, as codes with values.

    `notified_at`: when the reviewer was mailed about it. `begun_at`: the first save of their review; `done_at`: when it
    was finished. Until then the review is a draft that only they see.
    """

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("application_id", "reviewer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    by_hand: Mapped[bool] = mapped_column(Boolean)
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    notified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    application: Mapped[Application] = relationship()
    reviewer: Mapped[Reviewer] = relationship(lazy="joined")
