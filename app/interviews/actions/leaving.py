"""Remove a leaving colleague from planned interviews."""

from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.interviews.actions.common import call_off, notify_table
from app.interviews.models import CalledOff, Interviewer, Slot
from app.interviews.queries import slots as slots_queries
from app.interviews.queries import tables
from app.programmes.models import Call


def leave_tables(person: Person, heir: Person | None, *, by: str, at: datetime) -> int:
    """Remove somebody from every future slot; return how many. Their calendars show the cancellation.

    The heir replaces them where they are free and without a conflict; elsewhere the slot has one interviewer fewer.
    """
    mine = select(Interviewer.slot_id).where(Interviewer.person_id == person.id)
    wanted = select(Slot).where(Slot.id.in_(mine), Slot.ends_at > at).order_by(Slot.id).with_for_update()
    slots = list(db.session.scalars(wanted))
    if heir is not None:
        lock(heir)
    for slot in slots:
        db.session.execute(
            delete(Interviewer).where(Interviewer.slot_id == slot.id, Interviewer.person_id == person.id)
        )
        call_off(slot, person_id=person.id, at=at)
        slot.revised_at = at
        if heir is not None and _can_sit(heir, slot):
            db.session.execute(delete(CalledOff).where(CalledOff.slot_key == slot.key, CalledOff.person_id == heir.id))
            db.session.add(Interviewer(slot_id=slot.id, person_id=heir.id))
            db.session.flush()
            call = db.session.get_one(Call, slot.call_id)
            notify_table("table_changed", slot, call, [heir.id], by=person, at=at, before=None)
        audit_trail.record("interview.table_left", by=by, about=f"call:{slot.call_id}", at=at, slot=slot.id)
    return len(slots)


def _can_sit(heir: Person, slot: Slot) -> bool:
    guest = slots_queries.guest_of(slot)
    if tables.busy([heir.id], slot.starts_at, slot.ends_at) or heir.id in slots_queries.interviewers_of(slot.id):
        return False
    return guest is None or "people" not in slots_queries.misfits(guest, slot.language, [heir.id])
