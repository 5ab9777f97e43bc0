"""What the team does in private: recommend, decide, write the feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import Person
from app.applications import actions as applications
from app.applications.models import Application
from app.applications.rules import State
from app.casework.actions import add_note
from app.conflicts.queries import kept_away_from
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.decisions import queries
from app.decisions.models import Advice, Decision, Feedback
from app.decisions.rules import OUTCOMES, Agreed, is_reused, mark_of


@dataclass(frozen=True)
class Line:
    """One row of the table of a call: the file, what was chosen, and the mark of what had been on the page."""

    application: Application
    outcome: str
    rank: int | None
    mark: str


class Overtaken(Conflict):
    """A colleague changed something meanwhile; nothing was stored."""


def present_mark(application: Application) -> str:
    """The mark of what is decided on this file now; "" when nothing is."""
    decision = queries.decision_of(application.id)
    return mark_of(decision.taken_at, decision.outcome, decision.rank) if decision else ""


def take(
    application: Application, outcome: State, *, reason: str, rank: int | None, why: str = "", by: Person, at: datetime
) -> Decision:
    """Record what was decided; nobody is told. May be taken again until it is told.

    Reasons belong to one outcome: with another one the old reasons become a note. `why`: why it differs from the
    agreed minutes of the jury; a second colleague then confirms it. Raises Conflict when the file is not before the
    jury, the decision went out already, the reasons were written for another outcome, or `why` is missing.
    """
    decision = _private_decision(application)
    agreed = queries.agreed_on([application.id]).get(application.id)
    if outcome not in OUTCOMES:
        raise Conflict(outcome)
    if decision is None:
        decision = Decision(application=application)
        db.session.add(decision)
    elif decision.outcome != outcome and decision.reason:
        if is_reused(decision.outcome, decision.reason, outcome, reason):
            raise Conflict("reasons of another decision")
        add_note(application, decision.reason, by=by, at=at)
    rank = rank if outcome is State.RESERVE else None
    _note_deviation(decision, agreed, outcome, rank, why, by=by)
    decision.outcome, decision.reason, decision.rank = outcome, reason, rank
    decision.taken_at, decision.taken_by_id = at, by.id
    application.decided_at = at
    db.session.flush()
    audit.record("decision.taken", by=by.ref, about=application.ref, at=at, outcome=outcome.value, rank=decision.rank)
    return decision


def take_many(lines: Sequence[Line], *, by: Person, at: datetime) -> int:
    """Record what was chosen in the table; reasons stay as long as the outcome does. Returns how many changed.

    Raises Overtaken, and stores nothing, when one of them was decided anew since the page was opened.
    """
    if any(present_mark(line.application) != line.mark for line in lines):
        raise Overtaken("meanwhile")
    for line in lines:
        decision = queries.decision_of(line.application.id)
        reason = decision.reason if decision and decision.outcome == line.outcome else ""
        take(line.application, State(line.outcome), reason=reason, rank=line.rank, by=by, at=at)
    return len(lines)


def leave_open(application: Application, *, by: Person, at: datetime) -> None:
    """Take what was decided in private away again; its reasons become a note, so that no word is lost.

    Raises Conflict when nothing was decided, it was told, or agreed minutes say it.
    """
    decision = _private_decision(application)
    if decision is None or queries.agreed_on([application.id]):
        raise Conflict(application.state)
    if decision.reason:
        add_note(application, decision.reason, by=by, at=at)
    db.session.delete(decision)
    application.decided_at = None
    db.session.flush()
    audit.record("decision.left_open", by=by.ref, about=application.ref, at=at)


def confirm_deviation(application: Application, *, mark: str, by: Person, at: datetime) -> None:
    """Say, as the second one, that a decision may differ from the agreed minutes.

    Raises Conflict when it does not differ, was changed since the page was opened (`mark`), or is one's own.
    """
    decision = _private_decision(application)
    if decision is None or not decision.deviation or decision.confirmed_at or mark != present_mark(application):
        raise Conflict("nothing to confirm")
    if by.id == decision.deviated_by_id or by.id in kept_away_from([application.id]).get(application.id, set()):
        raise Conflict("second person")
    decision.confirmed_by_id, decision.confirmed_at = by.id, at
    db.session.flush()
    audit.record("decision.deviation_confirmed", by=by.ref, about=application.ref, at=at)


def _note_deviation(
    decision: Decision, agreed: Agreed | None, outcome: State, rank: int | None, why: str, *, by: Person
) -> None:  # fmt: skip
    """Keep why a decision differs from the agreed minutes; whatever was confirmed before is to be confirmed again."""
    if agreed is None or not agreed.differs(outcome, rank):
        why = ""
    elif not why.strip():
        raise Conflict("agreed")
    same = (decision.outcome, decision.rank, decision.deviation) == (outcome, rank, why)
    if same and why:
        return
    decision.deviation, decision.deviated_by_id = why, by.id if why else None
    decision.confirmed_by_id = decision.confirmed_at = None


def advise(application: Application, outcome: State, words: str, *, by: Person, at: datetime) -> Advice:
    """Say what the team recommends to the jury. Kept apart from what is decided."""
    _private_decision(application)
    advice = queries.advice_on(application.id)
    if advice is None:
        advice = Advice(application_id=application.id)
        db.session.add(advice)
    advice.outcome, advice.words, advice.at, advice.by_id = outcome, words, at, by.id
    db.session.flush()
    audit.record("advice.given", by=by.ref, about=application.ref, at=at, outcome=outcome.value)
    return advice


def write_feedback(application: Application, criterion_id: int, text: str, *, by: Person, at: datetime) -> None:
    """Keep what the applicant will read on one criterion; an empty text takes it away.

    Raises Conflict once the decision was told: from then on it is corrected.
    """
    _private_decision(application)
    keep_feedback(application, criterion_id, text, by=by, at=at)


def keep_feedback(application: Application, criterion_id: int, text: str, *, by: Person, at: datetime) -> None:
    """The deed itself, whatever was told."""
    present = queries.feedback_of(application.id).get(criterion_id)
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
    audit.record("feedback.written", by=by.ref, about=application.ref, at=at, criterion=criterion_id)


def _private_decision(application: Application) -> Decision | None:
    """The decision as long as it is nobody's business; raises Conflict when the file is elsewhere or it was told."""
    applications.take_turn(application)
    decision = queries.decision_of(application.id)
    if application.state != State.JURY or (decision and decision.told_at):
        raise Conflict(application.state)
    return decision
