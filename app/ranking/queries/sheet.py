"""Everything the ranking of one call needs: rows, one statement per kind of data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.applications.models import Application, Submission
from app.core.db.base import db
from app.core.errors import NotFound
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call, Criterion
from app.ranking.queries.counting import files_for
from app.ranking.rules.board import Ranked, RankedReviewer, Sheet, Terms
from app.ranking.rules.figures import Measure, Reading
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, ReadingPlan, Reviewer
from app.reviewers.queries.load import in_force
from app.reviewers.rules.plan import BAND, READINGS, WIDE_SPREAD

MOST_JOINED = 40  # SQLite joins at most 64 tables


@dataclass(frozen=True)
class Plan:
    """A call with its review plan."""

    id: int
    key: str
    title: Bilingual
    places: int
    readings: int
    wide_spread: int
    band: int
    due_on: date | None


def call_of(key: str) -> Plan:
    """The call with this key and its review plan, or defaults. Raises NotFound."""
    row = db.session.execute(
        select(
            Call.id,
            Call.key,
            Call.title,
            Call.places,
            func.coalesce(ReadingPlan.readings, READINGS),
            func.coalesce(ReadingPlan.wide_spread, WIDE_SPREAD),
            func.coalesce(ReadingPlan.band, BAND),
            ReadingPlan.due_on,
        )
        .outerjoin(ReadingPlan, ReadingPlan.call_id == Call.id)
        .where(Call.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Plan(*row)


def sheet_of(call: Plan, person_id: int) -> Sheet:
    """The applications of a call that this person may see, and every review that counts."""
    measures = measures_of(call.id)
    return Sheet(
        Terms(call.places, call.readings, call.wide_spread, call.band),
        measures,
        files_of(call.id, person_id),
        _readings(call.id, person_id, measures),
        _reviewers(call.id, person_id),
    )


def measures_of(call_id: int) -> list[Measure]:
    """The criteria, in order."""
    rows = db.session.execute(
        select(Criterion.id, Criterion.code, Criterion.title, Criterion.weight, Criterion.lowest, Criterion.highest)
        .where(Criterion.call_id == call_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return [Measure(*row) for row in rows]


def files_of(call_id: int, person_id: int) -> list[Ranked]:
    """The applications of a call in this person's ranking, by reference."""
    last = select(func.max(Submission.number)).where(Submission.application_id == Application.id).scalar_subquery()
    rows = db.session.execute(
        select(
            Application.id,
            Application.key,
            func.coalesce(Application.reference, ""),
            Application.title,
            Application.language,
            last,
        )
        .where(Application.call_id == call_id, files_for(person_id))
        .order_by(Application.reference, Application.id)
    )
    return [Ranked(*row) for row in rows]


def _readings(call_id: int, person_id: int, measures: list[Measure]) -> list[Reading]:
    """One row per review with a column per criterion, at a third of the cost of a row per score."""
    query: Any = (
        select(Assignment.application_id, Assignment.reviewer_id, Review.submission_number)
        .select_from(Review)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Application, Application.id == Assignment.application_id)
        .where(Application.call_id == call_id, Assignment.done_at.is_not(None), files_for(person_id), in_force())
    )
    for place, measure in enumerate(measures):
        mark = aliased(CriterionScore)
        scored = and_(mark.review_id == Review.id, mark.criterion_id == measure.id, mark.cannot_judge.is_(False))
        if place < MOST_JOINED:
            query = query.outerjoin(mark, scored).add_columns(mark.score)
        else:
            query = query.add_columns(select(mark.score).where(scored).scalar_subquery())
    return [Reading(row[0], row[1], row[2], row[3:]) for row in db.session.execute(query)]


def _reviewers(call_id: int, person_id: int) -> list[RankedReviewer]:
    """The reviewers of the call with the number of their assignments."""
    given = (
        select(Assignment.reviewer_id, func.count().label("files"))
        .join(Application, Application.id == Assignment.application_id)
        .where(Application.call_id == call_id, files_for(person_id), in_force())
        .group_by(Assignment.reviewer_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Reviewer.id, Person.name, func.coalesce(given.c.files, 0))
        .join(Person, Person.id == Reviewer.person_id)
        .outerjoin(given, given.c.reviewer_id == Reviewer.id)
        .where(Reviewer.call_id == call_id)
        .order_by(Person.name, Reviewer.id)
    )
    return [RankedReviewer(*row) for row in rows]
