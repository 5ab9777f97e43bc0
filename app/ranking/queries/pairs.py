"""Two applications of a call with their scores and reasons."""

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application
from app.core.db.base import db
from app.core.errors import NotFound
from app.programmes.models import Criterion
from app.ranking.queries.counting import files_for
from app.ranking.rules.pairs import Opinion
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force


def pair_of(call_id: int, keys: tuple[str, str], person_id: int) -> list[Application]:
    """The two applications with these keys in the ranking of this call. Raises NotFound."""
    wanted = select(Application).where(Application.call_id == call_id, Application.key.in_(keys), files_for(person_id))
    found = {file.key: file for file in db.session.scalars(wanted)}
    if not set(keys) <= found.keys():
        raise NotFound
    return [found[key] for key in keys]


def opinions_of(files: list[int]) -> list[Opinion]:
    """Every score of a counted review, by application, criterion and reviewer's name."""
    rows = db.session.execute(
        select(
            Assignment.application_id,
            Reviewer.id,
            Person.name,
            Review.submission_number,
            CriterionScore.criterion_id,
            CriterionScore.score,
            CriterionScore.reason,
            CriterionScore.cannot_judge,
        )
        .select_from(CriterionScore)
        .join(Review, Review.id == CriterionScore.review_id)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Person, Person.id == Reviewer.person_id)
        .join(Criterion, Criterion.id == CriterionScore.criterion_id)
        .where(Assignment.application_id.in_(files), Assignment.done_at.is_not(None), in_force())
        .order_by(Assignment.application_id, Criterion.position, Criterion.id, Person.name, Reviewer.id)
    )
    return [Opinion(*row[:5], None if row.cannot_judge else row.score, row.reason) for row in rows]
