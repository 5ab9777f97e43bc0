"""Letters that were written together: they leave together, or none of them does."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.models import Letter
from app.mail.rules.states import LetterState


def release(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Let every held letter of a batch leave, all at once; says how many. A second time there is none left.

    `by`: who, as a reference (person.ref). `only`: which of them, where not all are meant.
    """
    return _move_batch(batch, LetterState.QUEUED, "released", by=by, at=at, only=only)


def drop(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Cancel every held letter of a batch: none of them leaves; says how many."""
    return _move_batch(batch, LetterState.CANCELLED, "dropped", by=by, at=at, only=only)


def _move_batch(
    batch: str, to: LetterState, deed: str, *, by: str, at: datetime, only: ColumnElement[bool] | None
) -> int:
    held = update(Letter).where(Letter.batch == batch, Letter.batch != "", Letter.state == LetterState.HELD)
    if only is not None:
        held = held.where(only)
    moved = db.session.execute(
        held.values(state=to, due_at=at, sealed="" if to == LetterState.CANCELLED else Letter.sealed)
        .returning(Letter.id)
        .execution_options(synchronize_session="fetch")
    )
    count = len(moved.all())
    if count:
        audit_trail.record(f"letters.{deed}", by=by, about=f"batch:{batch}", at=at, letters=count)
    return count
