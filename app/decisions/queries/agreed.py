"""What the jury decided by minutes that are agreed; and until when a call still takes applications."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import column, func, select, table

from app.core.db import Moment, db, reading
from app.decisions.rules import Agreed, Deviation
from app.programmes.models import Call, LateCode

# The room of the meetings stands above this one: its tables are known by name only, as foreign keys know theirs.
_meeting = table("meeting", column("id"), column("key"), column("agreed_at"))
_item = table(
    "meeting_item", column("application_id"), column("meeting_id"), column("outcome"), column("rank"),
    column("decided_at"),
)  # fmt: skip


def agreed_on(application_ids: Iterable[int]) -> dict[int, Agreed]:
    """What agreed minutes say about each of these files; a later meeting that is not agreed yet makes it open again.

    Whoever is going to write waits until minutes that are being agreed are through.
    """
    wanted = (
        select(_item.c.application_id, _item.c.outcome, _item.c.rank, _meeting.c.key, _meeting.c.agreed_at)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .where(_item.c.application_id.in_(list(application_ids)), _item.c.decided_at.is_not(None))
        .order_by(_item.c.decided_at, _meeting.c.id)
    )
    rows = db.session.execute(wanted if reading() else wanted.with_for_update(of=_meeting))
    last = {row.application_id: row for row in rows}
    return {number: Agreed(row.outcome, row.rank, row.key) for number, row in last.items() if row.agreed_at is not None}


def deviation_of(row: Any, agreed: Agreed | None) -> Deviation:
    """How a decision (or a row with its columns) stands to what the minutes say."""
    if agreed is None or not agreed.differs(row.outcome, row.rank):
        return Deviation.NONE
    if not row.deviation:
        return Deviation.UNEXPLAINED
    return Deviation.CONFIRMED if row.confirmed_at else Deviation.UNCONFIRMED


def takes_until(call: Call) -> datetime | None:
    """Until when somebody may still hand in: grace and late codes included. None: a rolling call, which never ends."""
    if call.closes_at is None:
        return None
    last = func.max(LateCode.until, type_=Moment())
    late = db.session.scalar(select(last).where(LateCode.call_id == call.id, LateCode.ended_at.is_(None)))
    ends = call.closes_at + timedelta(minutes=call.grace_minutes)
    return max(ends, late) if late else ends
