"""Appointments: chosen, changed or cancelled by the applicant or by the team."""

from datetime import datetime
from typing import Any

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
    locked,
    notify_tables,
    release_slot,
    write,
)
from app.interviews.actions.ending import call_off_interview, say_ended
from app.interviews.models import Interview, Slot
from app.interviews.queries import files, slots
from app.interviews.rules import CHOOSE_AGAIN, fits, is_open, may_call_off, may_choose


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
        notify_tables(mine, slot, application.call, by=by, at=at)
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
    notify_tables(mine, None, application.call, by=by, at=at)


def move_to(
    interview: Interview,
    application: Application,
    slot_key: str,
    *,
    reason: str = "",
    url_of: UrlOf,
    by: Person,
    at: datetime,
) -> Slot:
    """The team assigns a slot, the first or another. Raises SlotTaken like `choose`.

    The applicant gets a letter, with the reason of a change; so do the interviewers of both slots.
    """
    lock(application)
    if application.state != State.INTERVIEW:
        raise Conflict(application.state)
    mine = files.slot_of(interview.id)
    slot = _take(interview, application, slot_key, mine, earliest=at, at=at)
    if slot is mine:
        return slot
    audit_trail.record("interview.moved", by=by.ref, about=application.ref, at=at, slot=slot.id)
    if mine:
        _confirm("moved", interview, application, slot, url_of=url_of, at=at, message=reason)
    else:
        _confirm("confirmed", interview, application, slot, url_of=url_of, at=at)
    notify_tables(mine, slot, application.call, by=by, at=at)
    return slot


def free(
    interview: Interview, application: Application, *, reason: str, url_of: UrlOf, by: Person, at: datetime
) -> None:
    """The team cancels an appointment; the interviewers get a letter, and the applicant one with the reason.

    While applicants are invited they choose another one; later they have none. Raises Conflict without an appointment.
    """
    lock(application)
    mine = locked(Slot.interview_id == interview.id)
    if mine is None or not may_call_off(application.state, mine.starts_at, at):
        raise Conflict("free")
    call_off_interview(interview, application, mine, event="interview.freed", reason=reason, by=by, at=at)
    if application.state != State.INTERVIEW:
        say_ended(interview, application, mine, reason=reason, at=at)
        return
    interview.choose_by = max(interview.choose_by, clock.day_of(at) + CHOOSE_AGAIN)
    write(
        "freed",
        application,
        key=f"{interview.id}:{at.isoformat()}",
        url_of=url_of,
        at=at,
        slot=mine,
        choose_by=interview.choose_by,
        message=reason,
    )


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
    if slot.starts_at < earliest or slot.interview_id or in_conflict & set(slots.interviewers_of(slot.id)):
        raise SlotTaken
    if mine:
        release_slot(mine, interview, at=at)
    assign_slot(slot, interview, at=at)
    return slot


def _confirm(
    kind: str, interview: Interview, application: Application, slot: Slot, *, url_of: UrlOf, at: datetime, **values: Any
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
        **values,
    )
