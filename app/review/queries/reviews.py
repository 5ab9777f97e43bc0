"""Reviews and comments of an application."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, lazyload

from app.accounts.models import Person
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import HIDING
from app.core.db.base import db
from app.programmes.models import Criterion
from app.review.models import Comment, Review
from app.review.rules.scoring import BLANK, Opinion, Written
from app.reviewers.models import Assignment, Reviewer


@dataclass(frozen=True)
class Reviewed:
    """A review with its author."""

    person_id: int
    name: str
    review: Review


def criteria_of(call_id: int) -> list[Criterion]:
    """The criteria of a call with the descriptions of scores, in one statement."""
    wanted = select(Criterion).where(Criterion.call_id == call_id).options(joinedload(Criterion.anchors))
    found = db.session.scalars(wanted.order_by(Criterion.position, Criterion.id)).unique()
    return list(found)


def reviews_of(application_id: int, *, own: int, others: bool) -> list[Reviewed]:
    """The reviewer's own review (by its assignment), and the finished ones of others, by name; one statement.

    Reviews by people in conflict are left out.
    """
    in_conflict = select(ConflictOfInterest.person_id).where(
        ConflictOfInterest.application_id == application_id, ConflictOfInterest.status.in_(HIDING)
    )
    mine, finished = (
        Review.assignment_id == own,
        Assignment.done_at.is_not(None) & Reviewer.person_id.not_in(in_conflict),
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Review)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Person, Person.id == Reviewer.person_id)
        .options(joinedload(Review.criterion_scores), lazyload(Review.assignment))
        .where(Assignment.application_id == application_id, or_(mine, finished) if others else mine)
        .order_by(Person.name, Review.id)
    ).unique()
    return [Reviewed(*row) for row in rows]


def written_in(review: Review | None, criteria: list[Criterion]) -> Written:
    """A review as the page shows it: an opinion on every criterion."""
    if review is None:
        return Written({criterion.id: BLANK for criterion in criteria})
    marks = {mark.criterion_id: Opinion(mark.score, mark.cannot_judge, mark.reason) for mark in review.criterion_scores}
    opinions = {criterion.id: marks.get(criterion.id, BLANK) for criterion in criteria}
    return Written(opinions, review.recommendation, review.comment)


def comments_of(application_id: int) -> list[Any]:
    """Comments of reviewers and team, oldest first: rows of id, at, by_id, text, name."""
    wanted = (
        select(Comment.id, Comment.at, Comment.by_id, Comment.text, Person.name)
        .outerjoin(Person, Person.id == Comment.by_id)
        .where(Comment.application_id == application_id)
    )
    return list(db.session.execute(wanted.order_by(Comment.id)))
