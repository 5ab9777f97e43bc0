"""Appointments: chosen, changed or cancelled by the applicant or by the team."""

from datetime import datetime

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import people_in_conflict
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import lock
from app.core.errors import Conflict
from app.interviews.actions.common import (
    SlotTaken,
    UrlOf,
    assign_slot,
    call_off,
    is_free,
    locked,
    notify_table,
    release_slot,
    write,
)
from app.interviews.models import Interview, Slot
from app.interviews.queries import files, slots
from app.interviews.rules import CHOOSE_AGAIN, fits, is_open, may_choose


def choose(
    interview: Interview, application: Application, slot_key: str, *, url_of: UrlOf, by: Person, at: datetime
) -> Slot:
    """The applicant takes a slot, for the first time or instead of another; the letter says when and where.

    Raises SlotTaken when it is not available to them, and Conflict when the time to choose is over.
    """
    lock(application)
    mine, notice = files.slot_of(interview.id), files.plan_of(application.call_id).notice
    if mine is None and not is_open(application.state, interview.choose_by, clock.day_of(at)):
        raise Conflict("closed")
    if application.state != State.INTERVIEW or (mine and not may_choose(mine.starts_at, at, notice)):
        raise Conflict("closed")
    slot = _take(interview, application, slot_key, mine, earliest=at + notice, at=at)
    if slot is not mine:
        audit_trail.record("interview.chosen", by=by.ref, about=application.ref, at=at, slot=slot.id)
        _confirm("confirmed", interview, application, slot, url_of=url_of, at=at)
    return slot


def cancel(interview: Interview, application: Application, *, url_of: UrlOf, by: Person, at: datetime) -> None:
    """The applicant releases the slot and may choose another. Raises Conflict once the call no longer allows it."""
    lock(application)
    mine, notice = files.slot_of(interview.id), files.plan_of(application.call_id).notice
    if application.state != State.INTERVIEW or mine is None or not may_choose(mine.starts_at, at, notice):
        raise Conflict("closed")
    release_slot(mine, interview, at=at)
    call_off(mine, interview_id=interview.id, at=at)
    audit_trail.record("interview.cancelled", by=by.ref, about=application.ref, at=at, slot=mine.id)
    write("cancelled", application, key=f"{interview.id}:{at.isoformat()}", url_of=url_of, at=at, slot=mine)


def move_to(
    interview: Interview, application: Application, slot_key: str, *, url_of: UrlOf, by: Person, at: datetime
) -> Slot:
    """The team assigns a slot, the first or another. Raises SlotTaken like `choose`.

    The applicant gets a letter; after a change, so do the interviewers of both slots.
    """
    lock(application)
    if application.state != State.INTERVIEW:
        raise Conflict(application.state)
    mine = files.slot_of(interview.id)
    slot = _take(interview, application, slot_key, mine, earliest=at, at=at)
    if slot is mine:
        return slot
    audit_trail.record("interview.moved", by=by.ref, about=application.ref, at=at, slot=slot.id)
    _confirm("moved" if mine else "confirmed", interview, application, slot, url_of=url_of, at=at)
    if mine:
        here, before = slots.interviewers_of(slot.id), slots.interviewers_of(mine.id)
        notify_table("table_changed", slot, application.call, here, by=by, at=at, before=mine.starts_at)
        notify_table("table_off", mine, application.call, set(before) - set(here), by=by, at=at)
    return slot


def free(interview: Interview, application: Application, *, url_of: UrlOf, by: Person, at: datetime) -> None:
    """The team cancels an appointment; the applicant is asked to choose another, and the interviewers get a letter.

    Raises Conflict without an appointment.
    """
    lock(application)
    mine = files.slot_of(interview.id)
    if application.state != State.INTERVIEW or mine is None:
        raise Conflict("free")
    release_slot(mine, interview, at=at)
    call_off(mine, interview_id=interview.id, at=at)
    interview.choose_by = max(interview.choose_by, clock.day_of(at) + CHOOSE_AGAIN)
    audit_trail.record("interview.freed", by=by.ref, about=application.ref, at=at, slot=mine.id)
    write(
        "freed",
        application,
        key=f"{interview.id}:{at.isoformat()}",
        url_of=url_of,
        at=at,
        slot=mine,
        choose_by=interview.choose_by,
    )
    notify_table("table_off", mine, application.call, slots.interviewers_of(mine.id), by=by, at=at)


def end(application: Application, *, by: Person, at: datetime) -> datetime | None:
    """Cancel a planned interview because the applicant is declined.

    Their calendar and page show it, and the interviewers get a letter. Returns its time, for the letter to the
    applicant; None without such an interview.
    """
    interview = files.interview_of(application.id)
    mine = files.slot_of(interview.id) if interview else None
    if interview is None or mine is None or mine.starts_at <= at:
        return None
    release_slot(mine, interview, at=at)
    call_off(mine, interview_id=interview.id, at=at)
    audit_trail.record("interview.ended", by=by.ref, about=application.ref, at=at, slot=mine.id)
    notify_table("table_off", mine, application.call, slots.interviewers_of(mine.id), by=by, at=at)
    return mine.starts_at


def _take(
    interview: Interview,
    application: Application,
    slot_key: str,
    mine: Slot | None,
    *,
    earliest: datetime,
    at: datetime,
) -> Slot:
    """Assign this slot to this interview, unless it has it. Raises SlotTaken."""
    slot = locked((Slot.key == slot_key) & (Slot.call_id == application.call_id))
    if slot is None or not fits(slot.language, application.language):
        raise SlotTaken
    if slot is mine:
        return slot
    in_conflict = people_in_conflict([application.id]).get(application.id, set())
    if slot.starts_at < earliest or not is_free(slot) or in_conflict & set(slots.interviewers_of(slot.id)):
        raise SlotTaken
    if mine:
        release_slot(mine, interview, at=at)
    assign_slot(slot, interview, at=at)
    return slot


def _confirm(
    kind: str, interview: Interview, application: Application, slot: Slot, *, url_of: UrlOf, at: datetime
) -> None:
    last = slot.starts_at - files.plan_of(application.call_id).notice
    write(
        kind,
        application,
        key=f"{interview.id}:{slot.id}:{at.isoformat()}",
        url_of=url_of,
        at=at,
        slot=slot,
        change_by=last if last > at else None,
    )
