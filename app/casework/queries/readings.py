"""How far the readings of some files are, and what they say: for lists."""

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
    """One reader's reading of a file: `value` on 0-100 once it is done."""

    name: str
    value: float | None

    @property
    def initials(self) -> str:
        """The first letters of a name."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@dataclass(frozen=True)
class Readings:
    """All readings of one file."""

    every: list[Reading]

    @property
    def values(self) -> list[float]:
        """What the readers who are done think."""
        return [one.value for one in self.every if one.value is not None]

    @property
    def mean(self) -> float | None:
        """The mean of the readers' own means; None as long as nobody is done."""
        return fmean(self.values) if self.values else None

    @property
    def waiting(self) -> int:
        """How many readers are not done."""
        return sum(one.value is None for one in self.every)


def readings_of(application_ids: Iterable[int]) -> dict[int, Readings]:
    """The readings of these files in one statement; whoever is too close to a file does not count for it.

    The same sum as review.rules.weighted_mean, left to the database: a list has hundreds of marks.
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
