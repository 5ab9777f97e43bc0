"""Deciding in private, and telling everybody at once."""

from collections.abc import Callable
from datetime import datetime

from app.accounts.models import Person
from app.applications import actions as applications
from app.applications.models import Application
from app.applications.rules import State
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.decisions import queries
from app.decisions.models import Decision
from app.decisions.rules import OUTCOMES, gaps
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


def tell(chosen: list[Decision], *, by: Person, url_of: Callable[[Application], str], at: datetime) -> int:
    """Tell these decisions: state, trace and letter of each, all in one transaction. Nobody chosen means nobody.

    Raises Conflict when one of them still has a gap or was told before. Returns how many were told.
    """
    for decision in chosen:
        if decision.told_at or gaps(decision.outcome, decision.reason, decision.rank):
            raise Conflict("not ready")
    for decision in chosen:
        application = decision.application
        applications.settle(application, State(decision.outcome), reason=decision.reason, by=by, at=at)
        decision.told_at = at
        audit.record("decision.told", by=by.ref, about=application.ref, at=at, outcome=decision.outcome)
        mail.queue(
            f"decision_{decision.outcome}",
            to_name=application.person.name,
            to_email=application.person.email,
            language=application.language,
            key=f"decision:{decision.id}",
            about=application.ref,
            at=at,
            application=application,
            decision=decision,
            url=url_of(application),
        )
    db.session.flush()
    return len(chosen)
