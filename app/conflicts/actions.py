"""Propose, declare, confirm and dismiss conflicts of interest."""

from collections.abc import Iterable
from datetime import datetime

from app.accounts.models import Person
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries import status as status_queries
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.db.unique import get_or_create


def propose(found: Iterable[tuple[int, int, ConflictSignal]], *, at: datetime) -> int:
    """Store the signals (application, person, signal) and hide the applications at once; return how many are new.

    A known pair stays as it is: a dismissed conflict does not come back.
    """
    signals = list(found)
    known = (
        status_queries.known_pairs([application_id for application_id, _person_id, _sign in signals])
        if signals
        else set()
    )
    new = 0
    for application_id, person_id, signal in signals:
        if (application_id, person_id) not in known:
            _row(application_id, person_id, signal=signal, at=at)
            _note("conflict.proposed", application_id, person_id, by="system", at=at, signal=signal.value)
            new += 1
    return new


def record_conflict(
    application_id: int,
    person_id: int,
    status: ConflictStatus,
    *,
    signal: ConflictSignal = ConflictSignal.DECLARED,
    explanation: str = "",
    by: Person,
    at: datetime,
) -> bool:
    """Record that somebody is in conflict with an application, or is not; return whether that is new.

    `sign`: its origin when the pair is new. The application is hidden, or visible again, from now on.
    """
    row = _row(application_id, person_id, signal=signal, at=at)
    lock(row)
    if (row.status, row.explanation, row.by_id) == (status, explanation, by.id):
        return False
    row.status, row.explanation, row.by_id, row.at = status, explanation, by.id, at
    db.session.flush()
    action = "conflict.confirmed" if status is ConflictStatus.CONFIRMED else "conflict.dismissed"
    _note(action, application_id, person_id, by=by.ref, at=at, signal=row.signal)
    return True


def resolve(conflict: ConflictOfInterest, status: ConflictStatus, *, by: Person, at: datetime) -> None:
    """The team confirms or dismisses a conflict; its explanation stays."""
    record_conflict(conflict.application_id, conflict.person_id, status, explanation=conflict.explanation, by=by, at=at)


def _row(application_id: int, person_id: int, *, signal: ConflictSignal, at: datetime) -> ConflictOfInterest:
    """Get or create the row of this pair; concurrent calls get the same row."""
    row, _is_new = get_or_create(
        lambda: status_queries.conflict_between(application_id, person_id),
        lambda: ConflictOfInterest(
            application_id=application_id,
            person_id=person_id,
            status=ConflictStatus.PROPOSED,
            signal=signal,
            explanation="",
            at=at,
        ),
    )
    return row


def _note(action: str, application_id: int, person_id: int, *, by: str, at: datetime, signal: str) -> None:
    audit_trail.record(
        action, by=by, about=f"application:{application_id}", at=at, person=f"person:{person_id}", signal=signal
    )
