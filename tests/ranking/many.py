"""A call with as many read files as a test wants, written in bulk: for counting statements and for measuring."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from app.accounts.models import Person
from app.applications.models import Application, Submission
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from tests.builders import a_call, a_criterion

CODES = ("C1", "C2", "C3", "C4", "C5", "C6")
WEIGHTS = (25, 20, 20, 15, 10, 10)


def a_read_call(files: int, *, readings: int = 3, each: int = 12, seed: int = 1) -> Call:
    """A call of this many files, each read by so many readers, who read `each` files or so; six criteria."""
    call, chance, at = a_call(open=False), random.Random(seed), clock.now()
    criteria = [a_criterion(call, code, weight=weight) for code, weight in zip(CODES, WEIGHTS, strict=True)]
    people = max(readings, files * readings // each)
    reviewers = _readers(call, people)
    ids = _files(call, files)
    reading = [(file, reviewer) for file in ids for reviewer in chance.sample(reviewers, readings)]
    given = [
        {
            "application_id": file,
            "reviewer_id": reviewer,
            "at": at,
            "by_hand": False,
            "why": [],
            "begun_at": at,
            "done_at": at,
        }
        for file, reviewer in reading
    ]
    assigned = _put(Assignment, given)
    dated = {"submission_number": 1, "saved_at": at}
    reviews = _put(Review, [{"assignment_id": one, **dated} for one in assigned])
    quality = {file: chance.gauss(3.2, 0.7) for file in ids}
    severity = {reviewer: chance.gauss(0, 0.5) for reviewer in reviewers}
    marks = [
        {
            "review_id": review,
            "criterion_id": criterion.id,
            "cannot_judge": False,
            "reason": "Goed onderbouwd.",
            "score": min(5, max(1, round(chance.gauss(quality[file] + severity[reviewer], 0.6)))),
        }
        for review, (file, reviewer) in zip(reviews, reading, strict=True)
        for criterion in criteria
    ]
    db.session.execute(insert(CriterionScore), marks)
    db.session.flush()
    return call


def _readers(call: Call, count: int) -> list[int]:
    at = clock.now()
    people = _people("lezer", count)
    rows = [
        {"call_id": call.id, "person_id": one, "languages": "nl fr", "invited_at": at, "declared_at": at}
        for one in people
    ]
    return _put(Reviewer, rows)


def _files(call: Call, count: int) -> list[int]:
    at, people = clock.now(), _people("kandidaat", count)
    rows = [
        {
            "key": f"k{call.id:03}{number:018}",
            "reference": f"SE{call.id:03}-{number:04}",
            "call_id": call.id,
            "person_id": person,
            "questionnaire_version_id": call.questionnaire_version_id,
            "state": State.JURY,
            "language": "fr" if number % 3 else "nl",
            "title": f"Buurtwasserij De Spoel {number}",
            "declarations": {},
            "municipality": "21001",
            "started_at": at,
            "saved_at": at,
            "handed_in_at": at,
            "submitted_at": at - timedelta(minutes=number),
        }
        for number, person in enumerate(people, 1)
    ]
    ids = _put(Application, rows)
    handed_in = {
        "number": 1,
        "at": at,
        "questionnaire_version_id": call.questionnaire_version_id,
        "sections": {},
        "attachments": [],
        "declarations": {},
    }
    db.session.execute(insert(Submission), [{"application_id": one, **handed_in} for one in ids])
    return ids


def _people(name: str, count: int) -> list[int]:
    first = (db.session.scalar(select(Person.id).order_by(Person.id.desc()).limit(1)) or 0) + 1
    rows = [
        {
            "email": f"{name}-{number}@example.be",
            "name": f"{name.capitalize()} {number}",
            "language": "nl",
            "created_at": clock.now(),
        }
        for number in range(first, first + count)
    ]
    return _put(Person, rows)


def _put(model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows; their ids in the same order."""
    made = db.session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows)
    return list(made)
