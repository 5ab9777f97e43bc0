"""Tables: reviews, scores and comments."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.reviewers.models import Assignment


class Review(Model):
    """One reviewer's review of one application. It counts once the assignment is done; until then it is a draft.

    `submission_number`: the submission that was read, to detect later changes; `revision` grows with each save, to
    detect stale pages; `tab_id`: the browser tab that saved last; `comment`: for the jury only.
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
    """A score on one criterion, or that it cannot be judged; the applicant may get the edited `reason`."""

    __tablename__ = "criterion_score"
    __table_args__ = (UniqueConstraint("review_id", "criterion_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    score: Mapped[int | None]
    cannot_judge: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(Text, default="")


class Comment(Model):
    """A comment by a reviewer or the team on an application."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
