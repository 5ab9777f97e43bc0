"""Rows of a selection for tests: readers, what they read and think, and who is too close to a file."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.queries.files import last_submission
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from tests.builders import added


def a_reviewer(
    call: Call, person: Person, *, languages: str = "nl fr", declared: bool = True, **values: Any
) -> Reviewer:
    """A reviewer of this call; `declared`: they declared their conflicts of interest."""
    found = db.session.scalar(select(Reviewer).where(Reviewer.call_id == call.id, Reviewer.person_id == person.id))
    at = clock.now()
    return found or added(
        Reviewer(
            call_id=call.id,
            person=person,
            languages=languages,
            invited_at=at,
            declared_at=at if declared else None,
            **values,
        )
    )


def an_assignment(application: Application, person: Person, **values: Any) -> Assignment:
    """This file for this reader, by hand."""
    reviewer = a_reviewer(application.call, person)
    return added(Assignment(application=application, reviewer=reviewer, at=clock.now(), by_hand=True, why=[], **values))


def a_review(
    application: Application, person: Person, scores: dict[str, int | None], *, done: bool = True, **values: Any
) -> Review:
    """What this reader thinks: a score by the code of each criterion, None for "cannot judge"."""
    at, last = clock.now(), last_submission(application.id)
    criteria = {criterion.code: criterion for criterion in application.call.criteria}
    marks = [
        CriterionScore(
            criterion_id=criteria[code].id, score=score, cannot_judge=score is None, reason=f"{code}: {score}"
        )
        for code, score in scores.items()
    ]
    assert last is not None
    assignment = an_assignment(application, person, begun_at=at, done_at=at if done else None)
    return added(
        Review(assignment=assignment, submission_number=last.number, saved_at=at, criterion_scores=marks, **values)
    )


def a_conflict(
    application: Application,
    person: Person,
    *,
    status: ConflictStatus = ConflictStatus.CONFIRMED,
    signal: ConflictSignal = ConflictSignal.DECLARED,
) -> ConflictOfInterest:
    """This person is too close to this file, or may be."""
    return added(
        ConflictOfInterest(
            application_id=application.id, person_id=person.id, status=status, signal=signal, at=clock.now()
        )
    )
