"""Batches: letters that are released or cancelled together."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState


def release(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Release every letter of a batch that is on hold; return how many. Idempotent.

    `by`: a reference (person.ref). `only`: a condition, where not all are meant.
    """
    return _move_batch(batch, MailState.QUEUED, "released", by=by, at=at, only=only)


def drop(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Cancel every letter of a batch that is on hold; return how many."""
    return _move_batch(batch, MailState.CANCELLED, "dropped", by=by, at=at, only=only)


def _move_batch(
    batch: str, to: MailState, action: str, *, by: str, at: datetime, only: ColumnElement[bool] | None
) -> int:
    on_hold = update(OutgoingMail).where(
        OutgoingMail.batch == batch, OutgoingMail.batch != "", OutgoingMail.state == MailState.ON_HOLD
    )
    if only is not None:
        on_hold = on_hold.where(only)
    moved = db.session.execute(
        on_hold.values(state=to, due_at=at, sealed="" if to == MailState.CANCELLED else OutgoingMail.sealed)
        .returning(OutgoingMail.id)
        .execution_options(synchronize_session="fetch")
    )
    count = len(moved.all())
    if count:
        audit_trail.record(f"letters.{action}", by=by, about=f"batch:{batch}", at=at, letters=count)
    return count
