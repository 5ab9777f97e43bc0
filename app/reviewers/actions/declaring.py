"""A reviewer declares their conflicts of interest."""

from collections.abc import Mapping
from datetime import datetime

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts import actions as conflicts
from app.conflicts.queries.facts import files_in_selection
from app.conflicts.queries.status import conflicts_of
from app.conflicts.rules.status import ConflictSignal, ConflictStatus, is_settled
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.reviewers.actions.assigning import take_back_hidden
from app.reviewers.actions.common import lock_call
from app.reviewers.models import Reviewer
from app.reviewers.queries import assignment


def step_back(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Declare a conflict from an application: it is hidden at once."""
    lock_call(application.call_id)
    conflicts.record_conflict(
        application.id, by.id, ConflictStatus.CONFIRMED, signal=ConflictSignal.DECLARED, explanation=words, by=by, at=at
    )
    take_back_hidden(application.call_id, at=at)


def declare(reviewer: Reviewer, said: Mapping[int, str], *, by: Person, at: datetime) -> int:
    """Store the declaration for every application of the call: in conflict with those in `said`, each with an
    explanation.

    Declared ones are hidden at once. Proposed ones that are not declared become visible, unless the reviewer works on
    the application or the team confirmed the conflict. Returns how many are hidden from the reviewer now.
    """
    lock_call(reviewer.call_id)
    lock(reviewer)
    if reviewer.left_at is not None:
        raise Conflict("left")
    files = files_in_selection(reviewer.call_id)
    signals = {file: signal for file, _person, signal in assignment.new_signs([reviewer], files)}
    known = conflicts_of(reviewer.person_id, [file.id for file in files])
    hidden = 0
    for file in files:
        row = known.get(file.id)
        signal = ConflictSignal(row.signal) if row else signals.get(file.id)
        status, by_id = (row.status, row.by_id) if row else (ConflictStatus.PROPOSED, None)
        if signal and is_settled(status, by_id, reviewer.person_id, signal):
            conflicts.propose([(file.id, reviewer.person_id, signal)], at=at)
            hidden += 1
        elif file.id in said:
            conflicts.record_conflict(
                file.id,
                reviewer.person_id,
                ConflictStatus.CONFIRMED,
                signal=signal or ConflictSignal.DECLARED,
                explanation=said[file.id],
                by=by,
                at=at,
            )
            hidden += 1
        elif signal and status != ConflictStatus.DISMISSED:
            conflicts.record_conflict(
                file.id, reviewer.person_id, ConflictStatus.DISMISSED, signal=signal, by=by, at=at
            )
    reviewer.declared_at = at
    db.session.flush()
    audit_trail.record(
        "reader.declared", by=by.ref, about=reviewer.person.ref, at=at, call=reviewer.call_id, hidden=hidden
    )
    take_back_hidden(reviewer.call_id, at=at)
    return hidden
