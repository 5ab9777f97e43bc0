"""Decisions in agreed minutes, and until when a call takes applications."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.core.db.base import UTCDateTime, db
from app.core.extension_points import ExtensionPoint
from app.decisions.rules.checks import Deviation
from app.decisions.rules.outcomes import Agreed
from app.programmes.models import Call, LateCode

# What agreed minutes say about these applications, by id. Offered by the room meetings.
AGREED = ExtensionPoint[Callable[[list[int]], dict[int, Agreed]]]("agreed_outcomes")


def agreed_on(application_ids: Iterable[int]) -> dict[int, Agreed]:
    """What agreed minutes say about each application; a later meeting without agreed minutes reopens it.

    A caller that writes waits until minutes that are being agreed are committed.
    """
    ids = list(application_ids)
    return {number: agreed for agreed_of in AGREED.all() for number, agreed in agreed_of(ids).items()}


def deviation_of(row: Any, agreed: Agreed | None) -> Deviation:
    """How a decision (or a row with its columns) relates to the minutes."""
    if agreed is None or not agreed.differs(row.outcome, row.rank):
        return Deviation.NONE
    if not row.deviation:
        return Deviation.UNEXPLAINED
    return Deviation.CONFIRMED if row.confirmed_at else Deviation.UNCONFIRMED


def takes_until(call: Call) -> datetime | None:
    """Until when applications can be submitted, grace and late codes included. None: a rolling call."""
    if call.closes_at is None:
        return None
    last = func.max(LateCode.until, type_=UTCDateTime())
    late = db.session.scalar(select(last).where(LateCode.call_id == call.id, LateCode.ended_at.is_(None)))
    ends = call.closes_at + timedelta(minutes=call.grace_minutes)
    return max(ends, late) if late else ends
