"""Deciding in private, telling everybody at once, and hearing whether a place is taken."""

from collections.abc import Callable
from datetime import date, datetime

from app.accounts.models import Person
from app.applications import actions as applications
from app.applications.models import Application
from app.applications.rules import State
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.decisions import queries
from app.decisions.models import Decision
from app.decisions.rules import OUTCOMES, REMINDED_BEFORE, gaps, possible_answers
from app.mail import actions as mail


def take(
    application: Application, outcome: State, *, reason: str, rank: int | None, by: Person, at: datetime
) -> Decision:
    """Record what was decided; nobody is told. May be taken again until it is told.

    Raises Conflict when the file is not before the jury, or the decision went out already.
    """
    if application.state != State.JURY or outcome not in OUTCOMES:
        raise Conflict(application.state)
    decision = queries.decision_of(application.id)
    if decision and decision.told_at:
        raise Conflict("told")
    if decision is None:
        decision = Decision(application=application)
        db.session.add(decision)
    decision.outcome, decision.reason, decision.rank = outcome, reason, rank if outcome is State.RESERVE else None
    decision.taken_at, decision.taken_by_id = at, by.id
    db.session.flush()
    audit.record("decision.taken", by=by.ref, about=application.ref, at=at, outcome=outcome.value, rank=decision.rank)
    return decision


def tell(
    chosen: list[Decision],
    *,
    answer_by: date | None = None,
    by: Person,
    url_of: Callable[[Decision], str],
    at: datetime,
) -> int:
    """Tell these decisions: state, trace and letter of each, all in one transaction. Nobody chosen means nobody.

    `answer_by`: the last day on which a place may be confirmed. Raises Conflict when one of them still has a gap or
    was told before. Returns how many were told.
    """
    for decision in chosen:
        if decision.told_at or gaps(decision.outcome, decision.reason, decision.rank):
            raise Conflict("not ready")
    for decision in chosen:
        application = decision.application
        decision.answer_by = answer_by if decision.outcome == State.ACCEPTED else None
        applications.settle(
            application, State(decision.outcome), reason=decision.reason, until=decision.answer_by, by=by, at=at
        )
        decision.told_at = at
        audit.record("decision.told", by=by.ref, about=application.ref, at=at, outcome=decision.outcome)
        _write(decision, f"decision_{decision.outcome}", url=url_of(decision), at=at)
    db.session.flush()
    return len(chosen)


def answer(decision: Decision, wanted: State, *, reason: str, by: Person, url: str, today: date, at: datetime) -> None:
    """Take the place or give it up. Raises Conflict when this cannot be said any more."""
    application = decision.application
    if decision.told_at is None or wanted not in possible_answers(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    applications.settle(application, wanted, reason=reason, by=by, at=at)
    kind = "place_confirmed" if wanted is State.CONFIRMED else "place_given_up"
    _write(decision, kind, url=url, at=at)


def remind(*, today: date, url_of: Callable[[Decision], str], at: datetime) -> int:
    """Write to those who were selected and did not say yet whether they come; gives how many."""
    waiting = queries.to_remind(today, today + REMINDED_BEFORE)
    for decision in waiting:
        decision.reminded_at = at
        _write(decision, "place_reminder", url=url_of(decision), at=at)
    return len(waiting)


def _write(decision: Decision, kind: str, *, url: str, at: datetime) -> None:
    application = decision.application
    mail.queue(
        kind,
        to_name=application.person.name,
        to_email=application.person.email,
        language=application.language,
        key=f"{kind}:{decision.id}",
        about=application.ref,
        at=at,
        application=application,
        decision=decision,
        url=url,
    )
