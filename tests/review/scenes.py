"""What the tests of this room begin with: a call that is being read, with three criteria."""

from typing import Any

from app.accounts.models import Person
from app.applications.actions import handing_in, writing
from app.applications.models import Application
from app.applications.queries.revisions import sections_of
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.decisions.models import Decision
from app.programmes.models import Call
from app.review.models import Review
from app.reviewers.models import ReadingPlan
from tests.builders import a_call, a_criterion, added, an_application, both
from tests.pages import Page

CODES = ("C1", "C2", "C3")


def a_read_call(**values: Any) -> Call:
    """A call with three criteria of different weight: 50, 30 and 20."""
    call = a_call(**values)
    for position, (code, weight) in enumerate(zip(CODES, (50, 30, 20), strict=True), 1):
        criterion = a_criterion(call, code, weight=weight)
        criterion.position = position
        if position > 1:  # every criterion of a call has a name of its own
            criterion.title = both(f"Maatschappelijk doel {position}", f"Finalité sociale {position}")
    return call


def a_plan(call: Call, **values: Any) -> ReadingPlan:
    """How this call is read."""
    plan: ReadingPlan = added(ReadingPlan(call_id=call.id, **values))
    return plan


def in_review(call: Call, person: Person | None = None, **values: Any) -> Application:
    """A file that is being read."""
    return an_application(call=call, person=person, state=State.IN_REVIEW, **values)


def decided(application: Application, outcome: State = State.DECLINED) -> None:
    """The jury took a decision; nobody has been told."""
    added(Decision(application_id=application.id, outcome=outcome, reason="", taken_at=clock.now()))
    application.decided_at = clock.now()


def handed_in_again(application: Application, part: str, **answers: Any) -> None:
    """The applicant was asked for something, changed these answers and handed in once more."""
    by, at = application.person, clock.now()
    before = sections_of(application.id)[part]
    application.state = State.SUBMITTED
    writing.save_section(application, part, before.answers | answers, revision=before.revision, by=by, at=at)
    handing_in.submit(application, {}, by=by, url="http://127.0.0.1/status", at=at)
    application.state = State.IN_REVIEW


def fields(call: Call, *scores: int | str | None, **more: str) -> dict[str, Any]:
    """The scores as the controls of the page send them, in the order of the criteria; None leaves one open."""
    pairs = zip(call.criteria, scores, strict=False)
    return {f"c{criterion.id}": None if score is None else str(score) for criterion, score in pairs} | more


def review_of(application: Application, person_id: int) -> Review:
    """The review of this reader."""
    db.session.expire_all()
    found: list[Review] = [
        one
        for one in db.session.query(Review).all()
        if one.assignment.application_id == application.id and one.assignment.reviewer.person_id == person_id
    ]
    assert len(found) == 1
    return found[0]


def scores_of(review: Review) -> dict[int, int | None]:
    """The scores by criterion id."""
    return {mark.criterion_id: mark.score for mark in review.criterion_scores}


def rows(page: Page) -> list[str]:
    """The lines of the list of files."""
    return page.select("tbody tr")
