"""Tables: decisions, corrections, recommendations and feedback."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.models import Application
from app.core.db.base import Model, UTCDateTime


class Decision(Model):
    """The outcome of one application; private until `published_at`.

    `promoted_at`: when a place became free for an applicant on the reserve list; `corrected_at`: when the published
    decision was changed. `deviation`: why it differs from the agreed minutes, written by `deviated_by_id` and confirmed
    by `confirmed_by_id`, a second person.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), unique=True)
    outcome: Mapped[str] = mapped_column(Text)
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer_by: Mapped[date | None] = mapped_column(Date)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    promoted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deviation: Mapped[str] = mapped_column(Text, default="")
    deviated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    application: Mapped[Application] = relationship(lazy="joined")


class PendingCorrection(Model):
    """A correction that differs from agreed minutes and waits for a second person."""

    __tablename__ = "pending_correction"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(Text)
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    answer_by: Mapped[date | None] = mapped_column(Date)
    why: Mapped[str] = mapped_column(Text)
    feedback: Mapped[dict[str, str]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Advice(Model):
    """The team's recommendation to the jury, separate from the decision."""

    __tablename__ = "advice"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Feedback(Model):
    """What an applicant reads about one criterion: compiled from the reviewers' reasons, edited by the team."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("application_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
