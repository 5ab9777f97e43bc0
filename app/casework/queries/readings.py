"""Progress and results of the reviews of applications, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy import Float, and_, cast, func, select

from app.accounts.models import Person
from app.core.db.base import db
from app.programmes.models import Criterion
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force


@dataclass(frozen=True)
class Reading:
    """One reviewer's review of an application; `value` on 0-100 once it is finished."""

    name: str
    value: float | None

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True)
class Readings:
    """All reviews of one application."""

    every: list[Reading]

    @property
    def values(self) -> list[float]:
        """The values of finished reviews."""
        return [one.value for one in self.every if one.value is not None]

    @property
    def mean(self) -> float | None:
        """The mean of the reviewers' means; None while no review is finished."""
        return fmean(self.values) if self.values else None

    @property
    def waiting(self) -> int:
        """How many reviews are unfinished."""
        return sum(one.value is None for one in self.every)


def readings_of(application_ids: Iterable[int]) -> dict[int, Readings]:
    """The reviews of these applications in one statement, without reviewers in conflict.

    Same sum as `review.rules.weighted_mean`, computed by the database because a list has hundreds of scores.
    """
    answered = func.sum(Criterion.weight)
    points = func.sum(Criterion.weight * cast(CriterionScore.score, Float) / Criterion.highest)
    rows: Any = db.session.execute(
        select(Assignment.application_id, Person.name, (100 * points / answered).label("value"))
        .join(Assignment.reviewer)
        .join(Person, Person.id == Reviewer.person_id)
        .outerjoin(Review, and_(Review.assignment_id == Assignment.id, Assignment.done_at.is_not(None)))
        .outerjoin(CriterionScore, and_(CriterionScore.review_id == Review.id, CriterionScore.score.is_not(None)))
        .outerjoin(Criterion, Criterion.id == CriterionScore.criterion_id)
        .where(Assignment.application_id.in_(list(application_ids)), in_force())
        .group_by(Assignment.id, Assignment.application_id, Person.name)
        .order_by(Person.name, Assignment.id)
    )
    found: dict[int, list[Reading]] = {}
    for application_id, name, value in rows:
        found.setdefault(application_id, []).append(Reading(name, None if value is None else float(value)))
    return {key: Readings(every) for key, every in found.items()}
