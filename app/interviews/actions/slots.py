"""The slots of a call: create a series, change, remove, and the rules for applicants."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db, lock_where
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.interviews.actions.common import (
    SlotTaken,
    Table,
    UrlOf,
    call_off,
    lock_call,
    locked,
    notify_table,
    write,
)
from app.interviews.models import CalledOff, Interviewer, InterviewPlan, Slot
from app.interviews.queries import files, slots, tables
from app.programmes.models import Call


def decide_plan(call: Call, notice_hours: int, *, by: Person, at: datetime) -> None:
    """Set how long before their interview applicants may change it themselves; applies to existing appointments too."""
    row, _is_new = get_or_create(lambda: db.session.get(InterviewPlan, call.id), lambda: InterviewPlan(call_id=call.id))
    row.notice_hours = notice_hours
    db.session.flush()
    audit_trail.record("call.interviews_planned", by=by.ref, about=f"call:{call.id}", at=at, notice_hours=notice_hours)


def make_slots(
    call: Call, times: Iterable[tuple[datetime, datetime]], table: Table, *, by: Person, at: datetime
) -> list[Slot]:
    """Create a slot for each of these times. Raises Conflict when an interviewer would be double-booked."""
    lock_call(call.id)
    lock_where(Person, Person.id.in_(table.people))
    made = []
    for starts_at, ends_at in times:
        if tables.busy(table.people, starts_at, ends_at):
            raise Conflict("busy")
        slot = Slot(
            key=secrets.token_urlsafe(16),
            call_id=call.id,
            starts_at=starts_at,
            ends_at=ends_at,
            place=table.place,
            link=table.link,
            language=table.language,
            revised_at=at,
        )
        db.session.add(slot)
        db.session.flush()
        _set_interviewers(slot, table.people)
        made.append(slot)
    audit_trail.record("interview.slots_made", by=by.ref, about=f"call:{call.id}", at=at, count=len(made))
    return made


def change_slot(
    slot: Slot,
    *,
    starts_at: datetime,
    ends_at: datetime,
    table: Table,
    reason: str = "",
    url_of: UrlOf,
    by: Person,
    at: datetime,
) -> Application | None:
    """Change time, place or interviewers. Returns the applicant who has the slot: they and the interviewers get a
    letter, that of the applicant with the reason.

    Raises SlotTaken when it was chosen, released or changed meanwhile, and Conflict when an interviewer is not
    available or the applicant cannot be met like that.
    """
    seen = slot.revised_at
    if locked(Slot.id == slot.id) is None or slot.revised_at != seen:
        raise SlotTaken
    lock_where(Person, Person.id.in_(table.people))
    guest = slots.guest_of(slot)
    if tables.busy(table.people, starts_at, ends_at, but=slot.id):
        raise Conflict("busy")
    if guest and (guest.state != State.INTERVIEW or slots.misfits(guest, table.language, table.people)):
        raise Conflict("guest")
    if slot.interview_id and not guest:
        call_off(slot, interview_id=slot.interview_id, at=at)
        slot.interview_id = None
    before, seated = _shown(slot), slots.interviewers_of(slot.id)
    for left in set(seated) - set(table.people):
        call_off(slot, person_id=left, at=at)
    slot.starts_at, slot.ends_at, slot.place, slot.link = starts_at, ends_at, table.place, table.link
    slot.language, slot.revised_at = table.language, at
    db.session.execute(delete(Interviewer).where(Interviewer.slot_id == slot.id))
    _set_interviewers(slot, table.people)
    audit_trail.record("interview.slot_changed", by=by.ref, about=f"call:{slot.call_id}", at=at, slot=slot.id)
    if guest:
        _notify(slot, guest, before, set(seated), set(table.people), reason=reason, url_of=url_of, by=by, at=at)
    return guest


def remove_slot(slot: Slot, *, by: Person, at: datetime) -> None:
    """Remove a free slot. Raises SlotTaken when somebody has it by now."""
    if locked(Slot.id == slot.id) is None or slot.interview_id:
        raise SlotTaken
    audit_trail.record("interview.slot_removed", by=by.ref, about=f"call:{slot.call_id}", at=at, slot=slot.id)
    for person_id in slots.interviewers_of(slot.id):
        call_off(slot, person_id=person_id, at=at)
    db.session.execute(delete(Slot).where(Slot.id == slot.id))
    db.session.flush()


def _set_interviewers(slot: Slot, people: Iterable[int]) -> None:
    ids = sorted(set(people))
    db.session.execute(delete(CalledOff).where(CalledOff.slot_key == slot.key, CalledOff.person_id.in_(ids)))
    db.session.add_all(Interviewer(slot_id=slot.id, person_id=one) for one in ids)
    db.session.flush()


Shown = tuple[datetime, datetime, str, str, str]


def _shown(slot: Slot) -> Shown:
    """What people must know to attend."""
    return (slot.starts_at, slot.ends_at, slot.place.nl, slot.place.fr, slot.link)


def _notify(
    slot: Slot,
    guest: Application,
    before: Shown,
    seated: set[int],
    sit: set[int],
    *,
    reason: str,
    url_of: UrlOf,
    by: Person,
    at: datetime,
) -> None:
    """Write only to those for whom something changes."""
    is_moved = before != _shown(slot)
    if is_moved:
        last = slot.starts_at - files.plan_of(slot.call_id).notice
        write(
            "moved",
            guest,
            key=f"slot:{slot.id}:{at.isoformat()}",
            url_of=url_of,
            at=at,
            slot=slot,
            change_by=last if last > at else None,
            message=reason,
        )
    was = before[0] if abs(before[0] - slot.starts_at) > timedelta() else None
    hear = sit if is_moved else sit - seated
    notify_table("table_changed", slot, guest.call, hear, by=by, at=at, before=was)
    notify_table("table_off", slot, guest.call, seated - sit, by=by, at=at)
