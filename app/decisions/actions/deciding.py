"""What the team does before the announcement: recommend, decide, write feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework.actions import add_note, add_notes
from app.conflicts.queries.hidden import people_in_conflict
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.decisions.models import Advice, Decision, Feedback
from app.decisions.queries import agreed as agreed_queries
from app.decisions.queries import announcing
from app.decisions.queries import files as files_queries
from app.decisions.rules.outcomes import OUTCOMES, Agreed, is_reused, mark_of

DEVIATION = ("deviation", "deviated_by_id", "confirmed_by_id", "confirmed_at")


@dataclass(frozen=True)
class Line:
    """One row of the table of a call: the application, the choice, and the mark of what the page showed."""

    application: Application
    outcome: str
    rank: int | None
    mark: str


class Overtaken(Conflict):
    """A colleague changed one of the decisions meanwhile; nothing was stored."""


def present_mark(application: Application) -> str:
    """The mark of the current decision, or an empty string."""
    return _mark(announcing.decision_of(application.id))


def record_decision(
    application: Application, outcome: State, *, reason: str, rank: int | None, why: str = "", by: Person, at: datetime
) -> Decision:
    """Record a decision without announcing it; it may be changed until the announcement.

    Reasons belong to one outcome: when it changes, the old reasons become a note. `why`: why it differs from the agreed
    minutes; a second colleague then confirms it. Raises Conflict when the application is not before the jury, the
    decision is announced, the reasons were written for another outcome, or `why` is missing.
    """
    decision = _private_decision(application)
    agreed = agreed_queries.agreed_on([application.id]).get(application.id)
    values, note = _judge(decision, agreed, outcome, reason, rank, why, by=by, at=at)
    if note:
        add_note(application, note, by=by, at=at)
    if decision is None:
        decision = Decision(application=application)
        db.session.add(decision)
    for name, value in values.items():
        setattr(decision, name, value)
    application.decided_at = at
    db.session.flush()
    _record_taken(application, values, by=by, at=at)
    return decision


def record_decisions(lines: Sequence[Line], *, by: Person, at: datetime) -> int:
    """Record the choices of the table; reasons stay while the outcome stays. Returns how many changed.

    The number of statements does not depend on the number of rows. Raises Overtaken, and stores nothing, when one of
    them changed since the page was opened; and Conflict like `record_decision`.
    """
    files = [line.application for line in lines]
    lock(*files)
    decisions = announcing.decisions_of([file.id for file in files])
    if any(_mark(decisions.get(line.application.id)) != line.mark for line in lines):
        raise Overtaken("meanwhile")
    agreed = agreed_queries.agreed_on([file.id for file in files])
    notes: list[tuple[Application, str]] = []
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for line in lines:
        file, decision = line.application, decisions.get(line.application.id)
        _check_private(file, decision)
        reason = decision.reason if decision and decision.outcome == line.outcome else ""
        values, note = _judge(decision, agreed.get(file.id), State(line.outcome), reason, line.rank, "", by=by, at=at)
        if note:
            notes.append((file, note))
        if decision is None:
            new.append({"application_id": file.id, **values})
        else:
            changed.append({"id": decision.id, **values})
        _record_taken(file, values, by=by, at=at)
    for file in files:
        file.decided_at = at
    add_notes(notes, by=by, at=at)
    if new:
        db.session.execute(insert(Decision), new)
    if changed:
        db.session.execute(update(Decision), changed)
        for decision in decisions.values():
            db.session.expire(decision)
    return len(lines)


def _judge(
    decision: Decision | None,
    agreed: Agreed | None,
    outcome: State,
    reason: str,
    rank: int | None,
    why: str,
    *,
    by: Person,
    at: datetime,
) -> tuple[dict[str, Any], str]:
    """(the new values, old reasons that become a note). Raises Conflict like `record_decision`."""
    if outcome not in OUTCOMES:
        raise Conflict(outcome)
    note = decision.reason if decision is not None and decision.outcome != outcome else ""
    if note and decision is not None and is_reused(decision.outcome, decision.reason, outcome, reason):
        raise Conflict("reasons of another decision")
    rank = rank if outcome is State.RESERVE else None
    deviation = _deviation(decision, agreed, outcome, rank, why, by=by)
    values = {"outcome": outcome, "reason": reason, "rank": rank, "taken_at": at, "taken_by_id": by.id}
    return values | deviation, note


def _record_taken(application: Application, values: dict[str, Any], *, by: Person, at: datetime) -> None:
    outcome, rank = State(values["outcome"]), values["rank"]
    audit_trail.record("decision.taken", by=by.ref, about=application.ref, at=at, outcome=outcome.value, rank=rank)


def leave_open(application: Application, *, by: Person, at: datetime) -> None:
    """Delete a decision that is not announced; its reasons become a note.

    Raises Conflict when there is none, it is announced, or agreed minutes contain it.
    """
    decision = _private_decision(application)
    if decision is None or agreed_queries.agreed_on([application.id]):
        raise Conflict(application.state)
    if decision.reason:
        add_note(application, decision.reason, by=by, at=at)
    db.session.delete(decision)
    application.decided_at = None
    db.session.flush()
    audit_trail.record("decision.left_open", by=by.ref, about=application.ref, at=at)


def confirm_deviation(application: Application, *, mark: str, by: Person, at: datetime) -> None:
    """Confirm, as the second person, that a decision may differ from the agreed minutes.

    Raises Conflict when it does not differ, changed since the page was opened (`mark`), or is one's own.
    """
    decision = _private_decision(application)
    if decision is None or not decision.deviation or decision.confirmed_at or mark != present_mark(application):
        raise Conflict("nothing to confirm")
    if by.id == decision.deviated_by_id or by.id in people_in_conflict([application.id]).get(application.id, set()):
        raise Conflict("second person")
    decision.confirmed_by_id, decision.confirmed_at = by.id, at
    db.session.flush()
    audit_trail.record("decision.deviation_confirmed", by=by.ref, about=application.ref, at=at)


def _deviation(
    decision: Decision | None, agreed: Agreed | None, outcome: State, rank: int | None, why: str, *, by: Person
) -> dict[str, Any]:
    """The explanation of a difference from the minutes; a change needs a new confirmation."""
    if agreed is None or not agreed.differs(outcome, rank):
        why = ""
    elif not why.strip():
        raise Conflict("agreed")
    before = (decision.outcome, decision.rank, decision.deviation) if decision is not None else None
    if decision is not None and why and before == (outcome, rank, why):
        return {name: getattr(decision, name) for name in DEVIATION}
    return {"deviation": why, "deviated_by_id": by.id if why else None, "confirmed_by_id": None, "confirmed_at": None}


def advise(application: Application, outcome: State, words: str, *, by: Person, at: datetime) -> Advice:
    """Record the team's recommendation to the jury, separate from the decision."""
    _private_decision(application)
    advice = files_queries.advice_on(application.id)
    if advice is None:
        advice = Advice(application_id=application.id)
        db.session.add(advice)
    advice.outcome, advice.comment, advice.at, advice.by_id = outcome, words, at, by.id
    db.session.flush()
    audit_trail.record("advice.given", by=by.ref, about=application.ref, at=at, outcome=outcome.value)
    return advice


def write_feedback(application: Application, criterion_id: int, text: str, *, by: Person, at: datetime) -> None:
    """Store the feedback on one criterion; an empty text deletes it.

    Raises Conflict after the announcement: use a correction.
    """
    _private_decision(application)
    keep_feedback(application, criterion_id, text, by=by, at=at)


def keep_feedback(application: Application, criterion_id: int, text: str, *, by: Person, at: datetime) -> None:
    """Store the feedback without checking whether the decision is announced."""
    present = files_queries.feedback_of(application.id).get(criterion_id)
    if text == (present.text if present else ""):
        return
    if not text and present:
        db.session.delete(present)
    elif present:
        present.text, present.at, present.by_id = text, at, by.id
    else:
        db.session.add(
            Feedback(application_id=application.id, criterion_id=criterion_id, text=text, at=at, by_id=by.id)
        )
    db.session.flush()
    audit_trail.record("feedback.written", by=by.ref, about=application.ref, at=at, criterion=criterion_id)


def _private_decision(application: Application) -> Decision | None:
    """The decision while it is not announced. Raises Conflict when the application is in another state or the
    decision is announced.
    """
    lock(application)
    decision = announcing.decision_of(application.id)
    if decision is not None:
        lock(decision)
    _check_private(application, decision)
    return decision


def _check_private(application: Application, decision: Decision | None) -> None:
    if application.state != State.JURY or (decision and decision.published_at):
        raise Conflict(application.state)


def _mark(decision: Decision | None) -> str:
    return mark_of(decision.taken_at, decision.outcome, decision.rank) if decision else ""
