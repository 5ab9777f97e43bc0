"""Letters to reviewers: new assignments, and reminders."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.accounts.models import Person
from app.applications.actions.common import move_on
from app.applications.rules.states import State
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.programmes.models import Call
from app.reviewers.actions.common import lock_call, write
from app.reviewers.models import Reviewer
from app.reviewers.queries import load as load_queries
from app.reviewers.queries import people
from app.reviewers.rules.plan import REMINDED_BEFORE


def notify_reviewers(call: Call, *, by: Person, at: datetime) -> int:
    """Mail every reviewer with unannounced assignments, one letter each; return how many.

    These applications are now under review: the applicant sees it on the status page, without a letter.
    """
    files = {one.application for new in load_queries.not_notified(call.id).values() for one in new}
    lock(*files)
    lock_call(call.id)
    due_on, letters = people.plan_of(call.id).due_on, 0
    for reviewer, new in load_queries.not_notified(call.id).items():
        newest = max(one.at for one in new)
        key = f"reader_assigned:{reviewer.id}:{newest.isoformat()}:{max(one.id for one in new)}"
        letters += write(reviewer, call, "reader_assigned", key=key, at=at, count=len(new), due_on=due_on)
        for one in new:
            one.notified_at = at
            if one.application in files and one.application.state == State.ELIGIBLE:
                move_on(one.application, State.IN_REVIEW, by=by, at=at)
    db.session.flush()
    audit_trail.record("call.readers_told", by=by.ref, about=f"call:{call.id}", at=at, letters=letters)
    return letters


def remind(call: Call, reviewers: Iterable[Reviewer], *, by: Person, at: datetime) -> int:
    """Remind these reviewers, each at most once a day; return how many."""
    due_on, loads, written = people.plan_of(call.id).due_on, load_queries.loads(call.id), 0
    for reviewer in reviewers:
        load = loads.get(reviewer.id)
        if load and load.left and reviewer.left_at is None:
            written += _remind(reviewer, call, left=load.left, due_on=due_on, at=at)
    audit_trail.record("call.readers_reminded", by=by.ref, about=f"call:{call.id}", at=at, letters=written)
    return written


def remind_before_the_day(*, at: datetime) -> int:
    """Remind, some days before the last day, reviewers with unfinished reviews who were not reminded yet."""
    today = clock.day_of(at)
    waiting = load_queries.to_remind(today, today + REMINDED_BEFORE, at - REMINDED_BEFORE - timedelta(days=1))
    calls: dict[int, Call] = {}
    for reviewer, due_on, left in waiting:
        call = calls.setdefault(reviewer.call_id, db.session.get_one(Call, reviewer.call_id))
        _remind(reviewer, call, left=left, due_on=due_on, at=at)
    return len(waiting)


def notify_of_changes(*, at: datetime) -> int:
    """Mail the reviewers of each call about changes; return how many changes."""
    changes = people.changes_to_announce()
    for change in changes:
        for reviewer in people.reviewers_of(change.call_id):
            if reviewer.left_at is None and reviewer.invited_at <= change.at:
                key = f"criteria_changed:{change.id}:{reviewer.id}"
                write(reviewer, change.call, "criteria_changed", key=key, at=at, what=change.what, reason=change.reason)
        change.announced_at = at
    return len(changes)


def _remind(reviewer: Reviewer, call: Call, *, left: int, due_on: date | None, at: datetime) -> bool:
    today = clock.day_of(at)
    key = f"reader_reminder:{reviewer.id}:{today.isoformat()}"
    reviewer.reminded_at = at
    late = due_on is not None and due_on < today
    return write(reviewer, call, "reader_reminder", key=key, at=at, count=left, due_on=due_on, late=late)
