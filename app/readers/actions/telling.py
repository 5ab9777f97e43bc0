"""Letters to readers: what they were given, and that it still waits."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.accounts.models import Person
from app.applications.actions.common import move_on
from app.applications.rules.states import State
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.programmes.models import Call
from app.readers.actions.common import hold, write
from app.readers.models import Reader
from app.readers.queries import load as load_queries
from app.readers.queries import people
from app.readers.rules.plan import REMINDED_BEFORE


def tell(call: Call, *, by: Person, at: datetime) -> int:
    """Write to every reader who has files that they were not told about: one letter each; gives how many.

    From then on these files are being reviewed: the applicant reads so on their status page, without a letter.
    """
    files = {one.application for new in load_queries.untold(call.id).values() for one in new}
    lock(*files)
    hold(call.id)
    due_on, told = people.plan_of(call.id).due_on, 0
    for reader, new in load_queries.untold(call.id).items():
        newest = max(one.at for one in new)
        key = f"reader_assigned:{reader.id}:{newest.isoformat()}:{max(one.id for one in new)}"
        told += write(reader, call, "reader_assigned", key=key, at=at, count=len(new), due_on=due_on)
        for one in new:
            one.told_at = at
            if one.application in files and one.application.state == State.ELIGIBLE:
                move_on(one.application, State.IN_REVIEW, by=by, at=at)
    db.session.flush()
    audit_trail.record("call.readers_told", by=by.ref, about=f"call:{call.id}", at=at, letters=told)
    return told


def remind(call: Call, readers: Iterable[Reader], *, by: Person, at: datetime) -> int:
    """Write to these readers that files wait for them; nobody more than once a day. Gives how many are written."""
    due_on, loads, written = people.plan_of(call.id).due_on, load_queries.loads(call.id), 0
    for reader in readers:
        load = loads.get(reader.id)
        if load and load.left and reader.left_at is None:
            written += _remind(reader, call, left=load.left, due_on=due_on, at=at)
    audit_trail.record("call.readers_reminded", by=by.ref, about=f"call:{call.id}", at=at, letters=written)
    return written


def remind_before_the_day(*, at: datetime) -> int:
    """Write, some days before the last day, to whoever still has files to read and was not reminded since."""
    today = clock.day_of(at)
    waiting = load_queries.to_remind(today, today + REMINDED_BEFORE, at - REMINDED_BEFORE - timedelta(days=1))
    calls: dict[int, Call] = {}
    for reader, due_on, left in waiting:
        call = calls.setdefault(reader.call_id, db.session.get_one(Call, reader.call_id))
        _remind(reader, call, left=left, due_on=due_on, at=at)
    return len(waiting)


def tell_changes(*, at: datetime) -> int:
    """Write to the reviewers of each call of which something changed since; gives how many changes that were."""
    changes = people.untold_changes()
    for change in changes:
        for reader in people.readers_of(change.call_id):
            if reader.left_at is None and reader.invited_at <= change.at:
                key = f"criteria_changed:{change.id}:{reader.id}"
                write(reader, change.call, "criteria_changed", key=key, at=at, what=change.what, reason=change.reason)
        change.told_at = at
    return len(changes)


def _remind(reader: Reader, call: Call, *, left: int, due_on: date | None, at: datetime) -> bool:
    today = clock.day_of(at)
    key = f"reader_reminder:{reader.id}:{today.isoformat()}"
    reader.reminded_at = at
    late = due_on is not None and due_on < today
    return write(reader, call, "reader_reminder", key=key, at=at, count=left, due_on=due_on, late=late)
