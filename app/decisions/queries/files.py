"""The applications of a call with their reviews and the team's recommendation, for deciding."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db, lock_where
from app.core.db.transactions import reading
from app.decisions.models import Advice, Decision, Feedback
from app.decisions.queries.announcing import BEFORE_THE_JURY
from app.programmes.models import Criterion
from app.review.models import CriterionScore, Review
from app.review.rules.scoring import Scored, weighted_mean
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force


@dataclass(frozen=True)
class Reading:
    """One review of one application: recommendation, and score and reason per criterion."""

    reviewer: str
    recommendation: str
    scores: Mapping[int, Scored]
    reasons: Mapping[int, tuple[int, str]]  # criterion → (id of the score, reason)

    @property
    def mean(self) -> float | None:
        """The weighted mean, on 0-100."""
        return weighted_mean(self.scores.values())


@dataclass(frozen=True)
class Readings:
    """All reviews of one application."""

    every: tuple[Reading, ...] = ()

    @property
    def mean(self) -> float | None:
        """The mean of the reviewers' means, on 0-100; None without scores."""
        means = [mean for one in self.every if (mean := one.mean) is not None]
        return fmean(means) if means else None

    @property
    def recommendations(self) -> Counter[str]:
        """How often each recommendation was given."""
        return Counter(one.recommendation for one in self.every if one.recommendation)

    @property
    def reasoned(self) -> frozenset[int]:
        """The criteria with at least one reason."""
        return frozenset(criterion for one in self.every for criterion in one.reasons)

    def mean_on(self, criterion_id: int) -> float | None:
        """The mean score on one criterion, on its own scale."""
        scores = [one.scores[criterion_id].score for one in self.every if criterion_id in one.scores]
        return fmean(scores) if scores else None


@dataclass(frozen=True)
class FileRow:
    """One application of a call with its reviews."""

    row: Any
    readings: Readings
    feedback: Mapping[int, tuple[str, int | None]] = field(default_factory=dict)  # criterion → (text, author)

    @property
    def is_open(self) -> bool:
        """True while the decision may still be changed."""
        return bool(self.row.state == State.JURY and self.row.published_at is None)

    @property
    def unwritten(self) -> int:
        """The number of criteria with reasons but without feedback for the applicant."""
        return len(self.readings.reasoned - set(self.feedback))


def files_of(call_id: int, person_id: int, *, rehearsal: bool = False) -> list[FileRow]:
    """The applications before the jury and those with a published decision, best first; hidden ones are left out."""
    here = _files(call_id, person_id, rehearsal)
    wanted = (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Application.state,
            Person.name.label("person_name"),
            Decision.id.label("decision_id"),
            Decision.outcome,
            Decision.rank,
            Decision.reason,
            Decision.taken_at,
            Decision.taken_by_id,
            Decision.deviation,
            Decision.confirmed_at,
            Decision.published_at,
            Decision.answer_by,
            Decision.promoted_at,
            Decision.corrected_at,
            Advice.outcome.label("advice"),
        )
        .join(Application.person)
        .outerjoin(Decision, Decision.application_id == Application.id)
        .outerjoin(Advice, Advice.application_id == Application.id)
        .where(here, or_(BEFORE_THE_JURY, Decision.published_at.is_not(None)))
        .order_by(Application.reference, Application.id)
    )
    if not reading():
        lock_where(Application, here)
    rows = db.session.execute(wanted)
    thought, written = _readings(here), _feedback(here)
    found = [FileRow(row, thought.get(row.id, Readings()), written.get(row.id, {})) for row in rows]
    return sorted(found, key=lambda file: -(file.readings.mean or 0))


def applications_of(ids: Collection[int]) -> dict[int, Application]:
    """These applications by id; the caller has checked that the person may see them."""
    return {one.id: one for one in db.session.scalars(select(Application).where(Application.id.in_(ids)))}


def readings_of(application_id: int) -> Readings:
    """The reviews of one application."""
    return _readings(Application.id == application_id).get(application_id, Readings())


def feedback_of(application_id: int) -> dict[int, Feedback]:
    """The feedback on each criterion."""
    found = db.session.scalars(select(Feedback).where(Feedback.application_id == application_id))
    return {one.criterion_id: one for one in found}


def advice_on(application_id: int) -> Advice | None:
    """The team's recommendation."""
    return db.session.get(Advice, application_id)


def advices_on(application_ids: list[int]) -> dict[int, State]:
    """The team's recommendation on each application."""
    rows = db.session.execute(
        select(Advice.application_id, Advice.outcome).where(Advice.application_id.in_(application_ids))
    )
    return {row.application_id: State(row.outcome) for row in rows}


def criteria_of(call_id: int) -> list[Any]:
    """The criteria of a call in their order: rows of id, code, title, weight, highest."""
    wanted = select(Criterion.id, Criterion.code, Criterion.title, Criterion.weight, Criterion.highest)
    return list(db.session.execute(wanted.where(Criterion.call_id == call_id).order_by(Criterion.position)))


def _files(call_id: int, person_id: int, rehearsal: bool) -> ColumnElement[bool]:
    return and_(Application.call_id == call_id, Application.is_rehearsal.is_(rehearsal), open_to(person_id))


def _feedback(here: ColumnElement[bool]) -> dict[int, dict[int, tuple[str, int | None]]]:
    rows = db.session.execute(
        select(Feedback.application_id, Feedback.criterion_id, Feedback.text, Feedback.by_id)
        .join(Application, Application.id == Feedback.application_id)
        .where(here)
    )
    found: dict[int, dict[int, tuple[str, int | None]]] = {}
    for row in rows:
        found.setdefault(row.application_id, {})[row.criterion_id] = (row.text, row.by_id)
    return found


def _readings(here: ColumnElement[bool]) -> dict[int, Readings]:
    """Finished reviews by reviewers without a conflict, in one statement."""
    rows = db.session.execute(
        select(
            Assignment.application_id,
            Review.id,
            Review.recommendation,
            Person.name.label("reviewer"),
            CriterionScore.id.label("mark_id"),
            CriterionScore.criterion_id,
            CriterionScore.score,
            CriterionScore.reason,
            Criterion.weight,
            Criterion.highest,
        )
        .select_from(Review)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Application, Application.id == Assignment.application_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Person, Person.id == Reviewer.person_id)
        .outerjoin(CriterionScore, CriterionScore.review_id == Review.id)
        .outerjoin(Criterion, Criterion.id == CriterionScore.criterion_id)
        .where(here, Assignment.done_at.is_not(None), in_force())
        .order_by(Review.id, Criterion.position)
    )
    by_file: dict[int, dict[int, list[Any]]] = {}
    for row in rows:
        by_file.setdefault(row.application_id, {}).setdefault(row.id, []).append(row)
    return {file: Readings(tuple(map(_reading, reviews.values()))) for file, reviews in by_file.items()}


def _reading(rows: Iterable[Any]) -> Reading:
    marks = list(rows)
    return Reading(
        reviewer=marks[0].reviewer,
        recommendation=marks[0].recommendation,
        scores={one.criterion_id: Scored(one.weight, one.score, one.highest) for one in marks if one.score is not None},
        reasons={one.criterion_id: (one.mark_id, one.reason) for one in marks if (one.reason or "").strip()},
    )
