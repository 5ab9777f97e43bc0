"""Every change to a programme or a call."""

from datetime import datetime

from app.accounts.models import Person
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.programmes.models import Call


def reschedule(call: Call, *, opens_at: datetime, closes_at: datetime | None, by: Person, at: datetime) -> None:
    """Move the dates of a call; calendars that follow it hear of it. No deadline: the call becomes a rolling one.

    Raises Conflict when it would close before it opens.
    """
    if closes_at is not None and closes_at <= opens_at:
        raise Conflict("dates")
    if (call.opens_at, call.closes_at) == (opens_at, closes_at):
        return
    call.opens_at, call.closes_at = opens_at, closes_at
    db.session.flush()
    audit.record(
        "call.rescheduled", by=by.ref, about=f"call:{call.id}", at=at, opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat() if closes_at else None,
    )  # fmt: skip
