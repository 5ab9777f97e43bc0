"""What a reader thinks of a file."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.reviewers.models import Assignment


class Review(Model):
    """One reader's view of one file. It counts once the assignment is done; before that it is a draft.

    `submission_number`: what had been handed in when it was read, so that a later change shows; `revision` grows with
    each save, so that a page left open elsewhere overwrites nothing; `window` is the open page that saved last;
    `words` are for the jury alone.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), unique=True)
    submission_number: Mapped[int]
    revision: Mapped[int] = mapped_column(default=0)
    tab_id: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    comment: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)

    assignment: Mapped[Assignment] = relationship(lazy="joined")
    criterion_scores: Mapped[list["CriterionScore"]] = relationship(order_by="CriterionScore.criterion_id")


class CriterionScore(Model):
    """A score on one criterion, or the statement that it cannot be judged; `reason` may reach the applicant, edited."""

    __tablename__ = "criterion_score"
    __table_args__ = (UniqueConstraint("review_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    score: Mapped[int | None]
    cannot_judge: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class Comment(Model):
    """What readers and team say to each other about a file."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
