"""Announce decisions together, and correct announced ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.applications.actions import handing_in
from app.applications.models import Application
from app.applications.queries import around
from app.applications.rules.states import State
from app.casework.actions import add_note
from app.conflicts.queries.hidden import people_in_conflict
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.decisions.actions.deciding import keep_feedback
from app.decisions.actions.letters import Words, write
from app.decisions.models import Decision, PendingCorrection
from app.decisions.queries import agreed as agreed_queries
from app.decisions.queries import published
from app.decisions.rules.checks import STOPPING
from app.decisions.rules.outcomes import gaps, is_reused, is_taking, may_correct


@dataclass(frozen=True)
class Correction:
    """The new content of an announced decision; the applicant also reads why it changed."""

    words: Words
    feedback: Mapping[int, str]
    why: str


def announce(
    chosen: list[Decision],
    *,
    answer_by: date | None = None,
    batch: str = "",
    by: Person,
    url_of: Callable[[Decision], str],
    at: datetime,
) -> int:
    """Announce these decisions: state, trail and letter of each, in one transaction. An empty list announces nothing.

    `answer_by`: the last day to confirm a place. Raises Conflict when one of them is incomplete, differs from agreed
    minutes without a second confirmation, is already announced, or belongs to a call that still takes applications.
    Returns how many were announced.
    """
    lock(*(one.application for one in chosen))
    lock(*chosen)
    _check_ready(chosen, at=at)
    ids = [decision.application_id for decision in chosen]
    feedback, members = published.texts_for(ids), around.members_of_each(ids)
    for decision in chosen:
        application = decision.application
        decision.answer_by = answer_by if decision.outcome == State.ACCEPTED else None
        ended = handing_in.apply_outcome(
            application, State(decision.outcome), reason=decision.reason, until=decision.answer_by, by=by, at=at
        )
        decision.published_at = at
        audit_trail.record("decision.told", by=by.ref, about=application.ref, at=at, outcome=decision.outcome)
        write(
            decision,
            f"decision_{decision.outcome}",
            url=url_of(decision),
            batch=batch,
            at=at,
            feedback=feedback.get(application.id, []),
            members=members.get(application.id, []),
            ended=ended,
        )
    db.session.flush()
    return len(chosen)


def _check_ready(chosen: list[Decision], *, at: datetime) -> None:
    agreed = agreed_queries.agreed_on([decision.application_id for decision in chosen])
    for decision in chosen:
        if decision.published_at or gaps(decision.outcome, decision.reason, decision.rank):
            raise Conflict("not ready")
        if agreed_queries.deviation_of(decision, agreed.get(decision.application_id)) in STOPPING:
            raise Conflict("minutes")
    for call in {one.application.call for one in chosen if not one.application.is_rehearsal}:
        if is_taking(agreed_queries.takes_until(call), at):
            raise Conflict("open")


def deviates(decision: Decision, words: Words) -> bool:
    """True when the corrected decision would differ from agreed minutes."""
    agreed = agreed_queries.agreed_on([decision.application_id]).get(decision.application_id)
    return agreed is not None and agreed.differs(words.outcome, words.rank)


def propose_correction(decision: Decision, correction: Correction, *, by: Person, at: datetime) -> None:
    """Store a correction until a second person confirms it; replaces an earlier one.

    Raises Conflict like `correct`.
    """
    lock(decision.application)
    lock(decision)
    _check(decision, correction.words)
    application, words = decision.application, correction.words
    made = PendingCorrection(
        application_id=application.id,
        outcome=words.outcome,
        rank=words.rank,
        reason=words.reason,
        answer_by=words.answer_by,
        why=correction.why,
        by_id=by.id,
        at=at,
        feedback={str(one): text for one, text in correction.feedback.items()},
    )
    db.session.merge(made)
    db.session.flush()
    audit_trail.record("decision.correction_proposed", by=by.ref, about=application.ref, at=at, outcome=words.outcome)


def withdraw_correction(pending: PendingCorrection, application: Application, *, by: Person, at: datetime) -> None:
    """Delete an unconfirmed correction."""
    lock(application)
    lock(pending)
    db.session.delete(pending)
    db.session.flush()
    audit_trail.record("decision.correction_withdrawn", by=by.ref, about=application.ref, at=at)


def confirm_correction(
    decision: Decision, pending: PendingCorrection, *, mark: str, by: Person, url: str, at: datetime
) -> None:
    """Confirm a correction that differs from the minutes, as the second person; the letter is sent.

    Raises Conflict when it changed since the page was opened (`mark`), is one's own, or can no longer be made.
    """
    lock(decision.application)
    lock(pending)
    too_close = people_in_conflict([decision.application_id]).get(decision.application_id, set())
    if mark != pending.at.isoformat() or {by.id, pending.by_id} & too_close:
        raise Conflict("second person")
    correct(decision, correction_of(pending), by=by, url=url, at=at, proposed_by_id=pending.by_id)
    audit_trail.record("decision.deviation_confirmed", by=by.ref, about=decision.application.ref, at=at)


def correction_of(pending: PendingCorrection) -> Correction:
    """The stored proposal as a Correction."""
    words = Words(pending.outcome, pending.rank, pending.reason, pending.answer_by)
    return Correction(words, {int(one): text for one, text in pending.feedback.items()}, pending.why)


def _keep_texts(application: Application, correction: Correction, *, by: Person, at: datetime) -> None:
    for criterion, text in correction.feedback.items():
        keep_feedback(application, criterion, text, by=by, at=at)
    add_note(application, correction.why, by=by, at=at)


def _check(decision: Decision, words: Words) -> None:
    application, outcome = decision.application, State(words.outcome)
    allowed = may_correct(application.state, decision.published_at is not None) and application.emptied_at is None
    if not allowed or gaps(outcome, words.reason, words.rank):
        raise Conflict(application.state)
    if is_reused(application.state, decision.reason, outcome, words.reason):
        raise Conflict("reasons of another decision")


def _replace(decision: Decision, words: Words, *, at: datetime) -> None:
    outcome = State(words.outcome)
    decision.outcome, decision.reason = outcome, words.reason
    decision.rank = words.rank if outcome is State.RESERVE else None
    decision.answer_by = words.answer_by if outcome is State.ACCEPTED else None
    decision.corrected_at, decision.promoted_at, decision.reminded_at = at, None, None
    db.session.execute(delete(PendingCorrection).where(PendingCorrection.application_id == decision.application_id))


def _apply(decision: Decision, *, by: Person, at: datetime) -> datetime | None:
    """Move the application to another outcome. Returns the time of an interview that this cancels."""
    outcome, application = State(decision.outcome), decision.application
    if outcome == application.state:
        return None
    return handing_in.apply_outcome(
        application, outcome, reason=decision.reason, until=decision.answer_by, by=by, at=at
    )


def correct(
    decision: Decision,
    correction: Correction,
    *,
    by: Person,
    url: str,
    at: datetime,
    proposed_by_id: int | None = None,
) -> None:
    """Change an announced decision: state, trail, letter, and a note with the reason for colleagues.

    Raises Conflict when the place was confirmed or given up meanwhile, when something is missing, or when it differs
    from agreed minutes and nobody else proposed it.
    """
    lock(decision.application)
    lock(decision)
    _check(decision, correction.words)
    application, words = decision.application, correction.words
    outcome, before = State(words.outcome), application.state
    differs = deviates(decision, words)
    if differs and proposed_by_id in (None, by.id):
        raise Conflict("second person")
    if outcome != before and decision.reason:
        add_note(application, decision.reason, by=by, at=at)
    _replace(decision, words, at=at)
    decision.deviation, decision.deviated_by_id = (correction.why, proposed_by_id) if differs else ("", None)
    decision.confirmed_by_id, decision.confirmed_at = (by.id, at) if differs else (None, None)
    ended = _apply(decision, by=by, at=at)
    _keep_texts(application, correction, by=by, at=at)
    audit_trail.record(
        "decision.corrected", by=by.ref, about=application.ref, at=at, outcome=outcome.value, before=before
    )
    write(
        decision,
        "decision_corrected",
        once=at.isoformat(),
        url=url,
        at=at,
        why=correction.why,
        feedback=published.texts_for([application.id]).get(application.id, []),
        ended=ended,
    )
    db.session.flush()
