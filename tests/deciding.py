"""Files before the jury, decided and told, for tests."""

from datetime import date, timedelta

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.core import clock
from app.core.belgium.holidays import working_day_from
from app.core.db.base import db
from app.decisions.actions import announcing as announcing_actions
from app.decisions.actions import deciding
from app.decisions.models import Decision
from app.decisions.queries import announcing as announcing_queries
from app.programmes.models import Call
from tests.builders import a_call, a_criterion, a_person, an_application
from tests.selection import a_review

REASON = {
    "nl": "Een sterke ploeg met een helder plan voor Kuregem.",
    "fr": "Une équipe solide avec un plan clair pour Cureghem.",
}


def before_the_jury(language: str = "nl", *, call: Call | None = None, person: Person | None = None) -> Application:
    """A file on which the jury decides."""
    return an_application(
        call=call or a_call(open=False),
        person=person or a_person(language=language),
        language=language,
        state=State.JURY,
    )


def take(
    file: Application, outcome: State, *, rank: int | None = None, reason: str | None = None, by: Person | None = None
) -> Decision:
    """Decide in private, with good reasons."""
    words = REASON[file.language] if reason is None else reason
    return deciding.record_decision(file, outcome, reason=words, rank=rank, by=by or a_person(), at=clock.now())


def announce(*files: Application, by: Person | None = None, answer_by: date | None = None) -> None:
    """Tell what was decided on these files."""
    chosen = [decision for file in files if (decision := announcing_queries.decision_of(file.id))]
    announcing_actions.announce(
        chosen,
        answer_by=answer_by or next_working_day(14),
        by=by or a_person(),
        url_of=lambda _one: "http://127.0.0.1/",
        at=clock.now(),
    )
    db.session.commit()


def a_published_decision(
    outcome: State = State.ACCEPTED,
    *,
    call: Call | None = None,
    person: Person | None = None,
    rank: int | None = None,
    language: str = "nl",
) -> Application:
    """A file of which the decision was told."""
    file = before_the_jury(language, call=call, person=person)
    take(file, outcome, rank=rank or 1)
    announce(file)
    return file


def next_working_day(days: int) -> date:
    """The working day that comes so many days from now, or just after."""
    return working_day_from(clock.day_of(clock.now()) + timedelta(days=days))


def a_judged_call(*codes: str, places: int = 12) -> Call:
    """A call with criteria of equal weight."""
    call = a_call(open=False, places=places)
    for position, code in enumerate(codes or ("C1", "C2")):
        a_criterion(call, code).position = position
    db.session.refresh(call)
    return call


def read(file: Application, name: str, scores: dict[str, int | None], **reasons: str) -> Person:
    """Somebody of this name finished reading the file; gives that person."""
    reviewer = a_person(name, email=f"{name.lower().replace(' ', '.')}@lezers.example")
    review = a_review(file, reviewer, scores, recommendation="yes")
    codes = {criterion.id: criterion.code for criterion in file.call.criteria}
    for mark in review.criterion_scores:
        mark.reason = reasons.get(codes[mark.criterion_id], "")
    db.session.flush()
    return reviewer


def decision_on(file: Application) -> Decision:
    """The decision on this file, read anew."""
    db.session.commit()
    found = announcing_queries.decision_of(file.id)
    assert found is not None
    return found
