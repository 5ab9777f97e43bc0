"""Interviews that can no longer take place: their slot becomes free, and everybody concerned is told."""

from datetime import datetime

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import OPEN_STATES, State
from app.core.audit import audit_trail
from app.interviews.actions.common import (
    call_off,
    choosing_address,
    locked,
    notify_table,
    release_slot,
    write,
)
from app.interviews.models import Interview, Slot
from app.interviews.queries import files, slots
from app.interviews.rules import has_own_letter, is_released, may_plan


def follow_step(application: Application, before: State, *, by: Person, message: str, at: datetime) -> datetime | None:
    """Cancel the interview that the new state of a locked application leaves no room for.

    Returns its time when the letter about the step has to mention it; otherwise the applicant gets a letter of its own.
    """
    interview = files.interview_of(application.id) if may_plan(before) else None
    mine = locked(Slot.interview_id == interview.id) if interview else None
    if interview is None or mine is None or not is_released(application.state, mine.starts_at, at):
        return None
    # The reasons of a decision are told by its own letter only, which may wait.
    reason = message if application.state in OPEN_STATES else ""
    call_off_interview(interview, application, mine, reason=reason, by=by, at=at)
    if has_own_letter(application.state):
        return mine.starts_at
    say_ended(interview, application, mine, reason=reason, at=at)
    return None


def call_off_interview(
    interview: Interview,
    application: Application,
    slot: Slot,
    *,
    event: str = "interview.ended",
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Release a locked slot; calendars and page of the applicant show it, and the interviewers get a letter."""
    release_slot(slot, interview, at=at)
    call_off(slot, interview_id=interview.id, at=at, reason=reason)
    audit_trail.record(event, by=by.ref, about=application.ref, at=at, slot=slot.id)
    notify_table("table_off", slot, application.call, slots.interviewers_of(slot.id), by=by, at=at)


def say_ended(interview: Interview, application: Application, slot: Slot, *, reason: str, at: datetime) -> None:
    """The letter that the interview does not take place, when nothing else is to be chosen."""
    write(
        "ended",
        application,
        key=f"{interview.id}:{at.isoformat()}",
        url_of=choosing_address,
        at=at,
        slot=slot,
        message=reason,
    )
