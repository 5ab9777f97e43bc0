"""Shared by the actions on interviews: locks, assigning and releasing slots, letters."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.accounts.rules import Role
from app.applications.actions import common as applications_common
from app.applications.models import Application
from app.core.db.base import db
from app.core.i18n.addresses import mailed_address
from app.core.i18n.bilingual import Bilingual
from app.interviews.models import CalledOff, Interview, Slot
from app.interviews.queries import slots, tables
from app.mail.actions import writing
from app.programmes.models import Call

UrlOf = Callable[[Application], str]


class SlotTaken(Exception):
    """Another applicant has the slot, or it was removed: nothing changed, another one can be chosen."""


@dataclass(frozen=True)
class Table:
    """Place, language and interviewers."""

    place: Bilingual
    link: str
    language: str
    people: list[int]


def lock_call(call_id: int) -> None:
    """Serialise changes to the interviews of one call."""
    db.session.execute(select(Call.id).where(Call.id == call_id).with_for_update())


def locked(wanted: Any) -> Slot | None:
    """The slot under this condition, refreshed and locked."""
    found: Slot | None = db.session.scalar(
        select(Slot).where(wanted).with_for_update().execution_options(populate_existing=True)
    )
    return found


def assign_slot(slot: Slot, interview: Interview, *, at: datetime) -> None:
    """Assign the slot, and forget an earlier appointment of theirs that was cancelled."""
    db.session.execute(delete(CalledOff).where(CalledOff.interview_id == interview.id))
    slot.interview_id, slot.revised_at, interview.chosen_at = interview.id, at, at
    db.session.flush()


def release_slot(slot: Slot, interview: Interview, *, at: datetime) -> None:
    slot.interview_id, slot.revised_at, interview.chosen_at = None, at, None
    db.session.flush()


def call_off(
    slot: Slot, *, at: datetime, interview_id: int | None = None, person_id: int | None = None, reason: str = ""
) -> None:
    """Record a cancelled calendar entry of an applicant or interviewer."""
    mine = CalledOff.interview_id == interview_id if interview_id else CalledOff.person_id == person_id
    here = () if interview_id else (CalledOff.slot_key == slot.key,)
    db.session.execute(delete(CalledOff).where(mine, *here))
    db.session.add(
        CalledOff(
            call_id=slot.call_id,
            interview_id=interview_id,
            person_id=person_id,
            slot_key=slot.key,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            at=at,
            reason=reason,
        )
    )
    db.session.flush()


def choosing_address(application: Application) -> str:
    """The page of the interview, in the language of the application."""
    return mailed_address("interviews_applicant.choose", lang=application.language, key=application.key)


def write(kind: str, application: Application, *, key: str, url_of: UrlOf, at: datetime, **values: Any) -> None:
    """A letter to everybody who writes the application."""
    name = f"interview_{kind}"
    applications_common.write_to_writers(
        application, name, key=f"{name}:{key}", url=url_of(application), at=at, **values
    )


def notify_table(
    kind: str, slot: Slot, call: Call, people: Iterable[int], *, by: Person, at: datetime, **values: Any
) -> None:
    """A letter to each interviewer except the one who acted; it names no application, so that all may read it.

    Reviewers have a calendar file of their interviews.
    """
    for person in tables.people(set(people) - {by.id}):
        calendar = ""
        if Role.REVIEWER in person.roles:
            url = mailed_address("interviews_reviewer.slots", lang=person.language)
            calendar = mailed_address("interviews_reviewer.calendar", lang=person.language)
        else:
            url = mailed_address("interviews_staff.interviews", lang=person.language, key=call.key)
        writing.queue(
            kind,
            to_name=person.name,
            to_email=person.email,
            language=person.language,
            key=f"{kind}:{slot.id}:{person.id}:{at.isoformat()}",
            about=f"call:{call.id}",
            at=at,
            call=call,
            slot=slot,
            url=url,
            calendar=calendar,
            **values,
        )


def notify_tables(before: Slot | None, now: Slot | None, call: Call, *, by: Person, at: datetime) -> None:
    """The letters when somebody goes from one slot to another: whom the interviewers of both meet, gain and lose."""
    lost = set(slots.interviewers_of(before.id)) if before else set()
    gained = set(slots.interviewers_of(now.id)) if now else set()
    if now:
        notify_table("table_booked", now, call, gained - lost, by=by, at=at)
    if before and now:
        notify_table("table_changed", now, call, gained & lost, by=by, at=at, before=before.starts_at)
    if before:
        notify_table("table_off", before, call, lost - gained, by=by, at=at)
