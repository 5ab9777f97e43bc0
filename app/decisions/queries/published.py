"""What an applicant reads: the feedback in a letter, and the published decision on the status page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Subquery, and_, func, select

from app.applications.models import Application
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.decisions.models import Decision, Feedback
from app.programmes.models import Criterion
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force


@dataclass(frozen=True)
class CriterionFeedback:
    """The feedback on one criterion; `mean` of the reviewers' scores, without names."""

    title: Bilingual
    text: str
    mean: float | None = None
    highest: int = 0


@dataclass(frozen=True)
class PublishedDecision:
    """A published decision as the applicant reads it."""

    outcome: str
    rank: int | None
    reason: str
    answer_by: date | None
    published_at: datetime
    promoted_at: datetime | None
    corrected_at: datetime | None
    feedback: tuple[CriterionFeedback, ...]


def _mean_scores(application_id: int) -> Subquery:
    """The mean score per criterion over the reviews that were finished at publication."""
    return (
        select(CriterionScore.criterion_id, func.avg(CriterionScore.score).label("mean"))
        .join(Review, Review.id == CriterionScore.review_id)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Decision, Decision.application_id == Assignment.application_id)
        .where(
            Assignment.application_id == application_id,
            CriterionScore.score.is_not(None),
            in_force(),
            Assignment.done_at <= func.coalesce(Decision.corrected_at, Decision.published_at),
        )
        .group_by(CriterionScore.criterion_id)
        .subquery()
    )


def published_decision(application: Application) -> PublishedDecision | None:
    """The published decision with its feedback, in one statement.

    Scores are those at publication: later reviews change nothing.
    """
    means = _mean_scores(application.id)
    rows = db.session.execute(
        select(
            Decision.outcome,
            Decision.rank,
            Decision.reason,
            Decision.answer_by,
            Decision.published_at,
            Decision.promoted_at,
            Decision.corrected_at,
            Criterion.title,
            Criterion.highest,
            Feedback.text,
            means.c.mean,
        )
        .select_from(Decision)
        .outerjoin(Criterion, Criterion.call_id == application.call_id)
        .outerjoin(
            Feedback, and_(Feedback.application_id == Decision.application_id, Feedback.criterion_id == Criterion.id)
        )
        .outerjoin(means, means.c.criterion_id == Criterion.id)
        .where(Decision.application_id == application.id, Decision.published_at.is_not(None))
        .order_by(Criterion.position, Criterion.id)
    ).all()
    if not rows:
        return None
    first = rows[0]
    return PublishedDecision(
        outcome=first.outcome,
        rank=first.rank,
        reason=first.reason,
        answer_by=first.answer_by,
        published_at=first.published_at,
        promoted_at=first.promoted_at,
        corrected_at=first.corrected_at,
        feedback=tuple(map(_criterion_feedback, filter(_has_feedback, rows))),
    )


def texts_for(application_ids: Iterable[int]) -> dict[int, list[CriterionFeedback]]:
    """The feedback for each of these applicants, in the order of the criteria."""
    rows = db.session.execute(
        select(Feedback.application_id, Criterion.title, Feedback.text)
        .join(Criterion, Criterion.id == Feedback.criterion_id)
        .where(Feedback.application_id.in_(list(application_ids)))
        .order_by(Feedback.application_id, Criterion.position, Criterion.id)
    )
    found: dict[int, list[CriterionFeedback]] = {}
    for row in rows:
        found.setdefault(row.application_id, []).append(CriterionFeedback(row.title, row.text))
    return found


def _has_feedback(row: Any) -> bool:
    return bool(row.text or row.mean is not None)


def _criterion_feedback(row: Any) -> CriterionFeedback:
    return CriterionFeedback(row.title, row.text or "", None if row.mean is None else float(row.mean), row.highest)
