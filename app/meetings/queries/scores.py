"""What the readers thought of a file, what stands beside it, and which places of the reserve list are taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules import HIDING
from app.core.bilingual import Bilingual
from app.core.db import db
from app.decisions.models import Advice, Decision
from app.interviews.models import Interview
from app.meetings import rules
from app.programmes.models import Criterion
from app.readers.models import Assignment, Reader
from app.review.models import Mark, Review


@dataclass(frozen=True)
class Given:
    """One reader's score on one criterion; none where they could not judge."""

    review: int
    name: str
    score: int | None
    reason: str


@dataclass(frozen=True)
class Judged:
    """One criterion with the scores that it got."""

    code: str
    title: Bilingual
    weight: int
    lowest: int
    highest: int
    given: list[Given]

    @property
    def scores(self) -> list[int]:
        """The scores alone, from low to high."""
        return sorted(one.score for one in self.given if one.score is not None)

    @property
    def mean(self) -> float | None:
        """Their mean."""
        return fmean(self.scores) if self.scores else None

    def place(self, score: float) -> float:
        """Where a score stands between the lowest and the highest one, from 0 to 100: for the picture."""
        return 100 * (score - self.lowest) / max(1, self.highest - self.lowest)


@dataclass(frozen=True)
class Opinion:
    """What one reader makes of the whole."""

    review: int
    name: str
    total: float | None
    recommendation: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """All scores of one file, revealed together."""

    criteria: list[Judged]
    opinions: list[Opinion]
    value: float | None


def marks_on(application_ids: list[int]) -> list[Any]:
    """Every mark of a finished review of these files, by reader and criterion: rows.

    What somebody wrote before it was known that they are too close to the file counts no more.
    """
    too_close = (
        select(ConflictOfInterest.id)
        .where(
            ConflictOfInterest.application_id == Assignment.application_id,
            ConflictOfInterest.person_id == Reader.person_id,
            ConflictOfInterest.standing.in_(HIDING),
        )
        .exists()
    )
    wanted = (
        select(
            Assignment.application_id, Review.id.label("review_id"), Review.recommendation, Review.words,
            Reader.person_id, Person.name, Criterion.id.label("criterion_id"), Criterion.code, Criterion.title,
            Criterion.weight, Criterion.lowest, Criterion.highest, Mark.score, Mark.reason,
        )
        .join(Review, Review.id == Mark.review_id)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Reader, Reader.id == Assignment.reader_id)
        .join(Person, Person.id == Reader.person_id)
        .join(Criterion, Criterion.id == Mark.criterion_id)
        .where(Assignment.application_id.in_(application_ids), Review.done_at.is_not(None), ~too_close)
        .order_by(Person.name, Review.id, Criterion.position, Criterion.id)
    )  # fmt: skip
    return list(db.session.execute(wanted))


def values(application_ids: list[int]) -> dict[int, float | None]:
    """What each of these files is worth on 0-100, by the readers' finished scores."""
    reviews: dict[int, dict[int, list[Any]]] = {one: {} for one in application_ids}
    for row in marks_on(application_ids):
        mark = (row.criterion_id, row.score, row.weight, row.highest)
        reviews[row.application_id].setdefault(row.review_id, []).append(mark)
    return {one: rules.value(found.values()) for one, found in reviews.items()}


def beside(application_id: int) -> Any:
    """What stands beside the scores: rows of the team's advice and the notes of the interview, where there are any."""
    return db.session.execute(
        select(Application.id, Advice.outcome.label("advice"), Advice.words.label("advice_words"), Interview.notes)
        .outerjoin(Advice, Advice.application_id == Application.id)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .where(Application.id == application_id)
    ).one()


def reserve_ranks(call_id: int, *, but: int) -> set[int]:
    """The places on the reserve list of a call that other files have."""
    wanted = (
        select(Decision.rank)
        .join(Application, Application.id == Decision.application_id)
        .where(Application.call_id == call_id, Application.id != but, Decision.rank.is_not(None))
    )
    return {one for one in db.session.scalars(wanted) if one}


def criteria_of(call_id: int) -> list[Any]:
    """The criteria of a call in their order: rows."""
    wanted = select(
        Criterion.id, Criterion.code, Criterion.title, Criterion.weight, Criterion.lowest, Criterion.highest
    )
    return list(
        db.session.execute(wanted.where(Criterion.call_id == call_id).order_by(Criterion.position, Criterion.id))
    )


def taken_down(application_id: int) -> list[Any]:
    """The scores of a file as figures, to be kept: for each review its id and (criterion, score, weight, highest)."""
    found: dict[int, list[Any]] = {}
    for row in marks_on([application_id]):
        found.setdefault(row.review_id, []).append([row.criterion_id, row.score, row.weight, row.highest])
    return [[review_id, marks] for review_id, marks in found.items()]


def sheet(application_id: int, scores: Sequence[Any]) -> Sheet:
    """What was revealed, with names and reasons as they stand now: the figures are those that were taken down."""
    kept = {(review_id, mark[0]): mark[1] for review_id, marks in scores for mark in marks}
    judged: dict[int, Judged] = {}
    opinions: dict[int, Opinion] = {}
    totals = {review_id: rules.total(marks) for review_id, marks in scores}
    for row in marks_on([application_id]):
        if (row.review_id, row.criterion_id) not in kept:
            continue
        here = judged.setdefault(
            row.criterion_id, Judged(row.code, row.title, row.weight, row.lowest, row.highest, [])
        )  # fmt: skip
        here.given.append(Given(row.review_id, row.name, kept[row.review_id, row.criterion_id], row.reason))
        opinion = Opinion(row.review_id, row.name, totals[row.review_id], row.recommendation, row.words)
        opinions.setdefault(row.review_id, opinion)
    return Sheet(list(judged.values()), list(opinions.values()), rules.value(marks for _, marks in scores))


def figures(scores: Sequence[Any], criteria: Iterable[Any]) -> list[Judged]:
    """The same without names, for the minutes."""
    found = []
    for one in criteria:
        given = [
            Given(review_id, "", mark[1], "") for review_id, marks in scores for mark in marks if mark[0] == one.id
        ]
        found.append(Judged(one.code, one.title, one.weight, one.lowest, one.highest, given))
    return found
