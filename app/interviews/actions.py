"""Making slots, inviting, choosing one, changing, cancelling, reminding, and keeping what was said."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.applications import actions as applications
from app.applications.models import Application
from app.applications.rules import State
from app.conflicts.queries import kept_away_from
from app.core import audit, clock
from app.core.bilingual import Bilingual
from app.core.db import db
from app.core.errors import Conflict
from app.interviews import queries
from app.interviews.models import Interview, Interviewer, Slot
from app.interviews.rules import CHOOSE_AGAIN, INVITABLE, NOTICE, fits, is_open, may_choose
from app.programmes.models import Call

UrlOf = Callable[[Application], str]


class Taken(Exception):
    """Somebody else has the slot, or it is gone: nothing was changed, and another one can be chosen."""


@dataclass(frozen=True)
class Table:
    """Where interviews are held, in which language, and who sits there."""

    place: Bilingual
    link: str
    language: str
    people: list[int]


def make_slots(
    call: Call, times: Iterable[tuple[datetime, datetime]], table: Table, *, by: Person, at: datetime
) -> list[Slot]:
    """Add a slot for each of these times. Raises Conflict when somebody would sit at two tables at once."""
    made = []
    for starts_at, ends_at in times:
        if queries.busy(table.people, starts_at, ends_at):
            raise Conflict("busy")
        slot = Slot(
            key=secrets.token_urlsafe(16), call_id=call.id, starts_at=starts_at, ends_at=ends_at, place=table.place,
            link=table.link, language=table.language, revised_at=at,
        )  # fmt: skip
        db.session.add(slot)
        db.session.flush()
        _seat(slot, table.people)
        made.append(slot)
    audit.record("interview.slots_made", by=by.ref, about=f"call:{call.id}", at=at, count=len(made))
    return made


def change_slot(slot: Slot, *, starts_at: datetime, ends_at: datetime, table: Table, by: Person, at: datetime) -> None:
    """Another hour, place or table for a slot that nobody has. Raises Taken when somebody has it by now."""
    _lock_free(slot)
    if queries.busy(table.people, starts_at, ends_at, but=slot.id):
        raise Conflict("busy")
    slot.starts_at, slot.ends_at, slot.place, slot.link = starts_at, ends_at, table.place, table.link
    slot.language, slot.interview_id, slot.revised_at = table.language, None, at
    db.session.execute(delete(Interviewer).where(Interviewer.slot_id == slot.id))
    _seat(slot, table.people)
    audit.record("interview.slot_changed", by=by.ref, about=f"call:{slot.call_id}", at=at, slot=slot.id)


def remove_slot(slot: Slot, *, by: Person, at: datetime) -> None:
    """Take a slot away that nobody has. Raises Taken when somebody has it by now."""
    _lock_free(slot)
    audit.record("interview.slot_removed", by=by.ref, about=f"call:{slot.call_id}", at=at, slot=slot.id)
    db.session.execute(delete(Slot).where(Slot.id == slot.id))
    db.session.flush()


def invite(chosen: list[Application], *, choose_by: date, message: str, url_of: UrlOf, by: Person, at: datetime) -> int:
    """Invite each of these once: state, trace and letter in one transaction. Says how many.

    Raises Conflict when one of them cannot be invited; whoever was invited before hears nothing twice.
    """
    count = 0
    for application in chosen:
        if application.state not in INVITABLE or application.is_rehearsal:
            raise Conflict(application.state)
        if queries.interview_of(application.id):
            continue
        if application.state != State.INTERVIEW:
            from_state = application.state
            applications.step(application, State.INTERVIEW, by=by, at=at, message=message, until=choose_by)
            audit.record(
                "application.moved", by=by.ref, about=application.ref, at=at, from_state=from_state,
                to_state=State.INTERVIEW.value,
            )  # fmt: skip
        made = Interview(application_id=application.id, invited_at=at, invited_by_id=by.id, choose_by=choose_by)
        db.session.add(made)
        db.session.flush()
        audit.record("interview.invited", by=by.ref, about=application.ref, at=at)
        _write("invited", application, key=f"{made.id}", url_of=url_of, at=at, choose_by=choose_by, message=message)
        count += 1
    return count


def give_until(interview: Interview, application: Application, day: date, *, by: Person, at: datetime) -> None:
    """Another last day to choose."""
    interview.choose_by = day
    db.session.flush()
    audit.record("interview.given_until", by=by.ref, about=application.ref, at=at, day=day.isoformat())


def choose(
    interview: Interview, application: Application, slot_key: str, *, url_of: UrlOf, by: Person, at: datetime
) -> Slot:
    """The applicant takes a slot, for the first time or instead of another; the letter says when and where.

    Raises Taken when it is not theirs to take (any more), and Conflict when the time to choose is over.
    """
    mine = queries.slot_of(interview.id)
    if mine is None and not is_open(application.state, interview.choose_by, clock.day_of(at)):
        raise Conflict("closed")
    if application.state != State.INTERVIEW or (mine and not may_choose(mine.starts_at, at)):
        raise Conflict("closed")
    slot = _take(interview, application, slot_key, mine, earliest=at + NOTICE, at=at)
    if mine and mine.id == slot.id:
        return slot
    audit.record("interview.chosen", by=by.ref, about=application.ref, at=at, slot=slot.id)
    _confirm("confirmed", interview, application, slot, url_of=url_of, at=at)
    return slot


def cancel(interview: Interview, application: Application, *, url_of: UrlOf, by: Person, at: datetime) -> None:
    """The applicant gives the slot back and may choose another one. Raises Conflict on the last day before it."""
    mine = queries.slot_of(interview.id)
    if application.state != State.INTERVIEW or mine is None or not may_choose(mine.starts_at, at):
        raise Conflict("closed")
    _let_go(mine, interview, at=at)
    audit.record("interview.cancelled", by=by.ref, about=application.ref, at=at, slot=mine.id)
    _write("cancelled", application, key=f"{interview.id}:{at.isoformat()}", url_of=url_of, at=at, slot=mine)


def move_to(
    interview: Interview, application: Application, slot_key: str, *, url_of: UrlOf, by: Person, at: datetime
) -> Slot:
    """The team gives somebody a slot, the first or another one; the letter says so. Raises Taken like `choose`."""
    if application.state != State.INTERVIEW:
        raise Conflict(application.state)
    mine = queries.slot_of(interview.id)
    slot = _take(interview, application, slot_key, mine, earliest=at, at=at)
    if mine and mine.id == slot.id:
        return slot
    audit.record("interview.moved", by=by.ref, about=application.ref, at=at, slot=slot.id)
    _confirm("moved" if mine else "confirmed", interview, application, slot, url_of=url_of, at=at)
    return slot


def free(interview: Interview, application: Application, *, url_of: UrlOf, by: Person, at: datetime) -> None:
    """The team takes an appointment back; the applicant is asked to choose another one. Conflict without one."""
    mine = queries.slot_of(interview.id)
    if application.state != State.INTERVIEW or mine is None:
        raise Conflict("free")
    _let_go(mine, interview, at=at)
    interview.choose_by = max(interview.choose_by, clock.day_of(at) + CHOOSE_AGAIN)
    audit.record("interview.freed", by=by.ref, about=application.ref, at=at, slot=mine.id)
    _write("freed", application, key=f"{interview.id}:{at.isoformat()}", url_of=url_of, at=at, slot=mine,
           choose_by=interview.choose_by)  # fmt: skip


def remind(interview: Interview, application: Application, *, url_of: UrlOf, by: str, at: datetime) -> bool:
    """Write to somebody who was invited and has not chosen, once a day at most; False when they heard today."""
    if application.state != State.INTERVIEW or queries.slot_of(interview.id):
        raise Conflict("chosen")
    today = clock.day_of(at)
    if interview.reminded_at and clock.day_of(interview.reminded_at) == today:
        return False
    interview.reminded_at = at
    db.session.flush()
    audit.record("interview.reminded", by=by, about=application.ref, at=at)
    _write("reminder", application, key=f"{interview.id}:{today}", url_of=url_of, at=at, choose_by=interview.choose_by)
    return True


def remind_all(*, url_of: UrlOf, at: datetime) -> int:
    """Write to those whose last day to choose is near; says to how many."""
    waiting = queries.to_remind(clock.day_of(at), at)
    return sum(remind(one, file, url_of=url_of, by="system", at=at) for one, file in waiting)


def keep_notes(interview: Interview, application: Application, words: str, *, by: Person, at: datetime) -> None:
    """What was said, for team and jury."""
    if interview.notes == words:
        return
    interview.notes = words
    db.session.flush()
    audit.record("interview.noted", by=by.ref, about=application.ref, at=at)


def _take(
    interview: Interview, application: Application, slot_key: str, mine: Slot | None, *, earliest: datetime,
    at: datetime,
) -> Slot:  # fmt: skip
    """Give this slot to this interview. Whoever comes a moment later waits here, and then finds it taken."""
    wanted = select(Slot).where(Slot.key == slot_key, Slot.call_id == application.call_id)
    slot = db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if slot is None or not fits(slot.language, application.language):
        raise Taken
    if mine and mine.id == slot.id:
        return slot
    kept_away = kept_away_from([application.id]).get(application.id, set())
    if slot.starts_at < earliest or not _is_free(slot) or kept_away & set(queries.interviewers_of(slot.id)):
        raise Taken
    if mine:
        _let_go(mine, interview, at=at)
    slot.interview_id, slot.revised_at, interview.chosen_at = interview.id, at, at
    db.session.flush()
    return slot


def _let_go(slot: Slot, interview: Interview, *, at: datetime) -> None:
    slot.interview_id, slot.revised_at, interview.chosen_at = None, at, None
    db.session.flush()


def _lock_free(slot: Slot) -> None:
    wanted = select(Slot).where(Slot.id == slot.id).with_for_update().execution_options(populate_existing=True)
    if db.session.scalar(wanted) is None or not _is_free(slot):
        raise Taken


def _is_free(slot: Slot) -> bool:
    return db.session.scalar(select(Slot.id).where(Slot.id == slot.id, queries.is_free())) is not None


def _seat(slot: Slot, people: Iterable[int]) -> None:
    db.session.add_all(Interviewer(slot_id=slot.id, person_id=one) for one in sorted(set(people)))
    db.session.flush()


def _confirm(
    kind: str, interview: Interview, application: Application, slot: Slot, *, url_of: UrlOf, at: datetime
) -> None:
    _write(kind, application, key=f"{interview.id}:{at.isoformat()}", url_of=url_of, at=at, slot=slot)


def _write(kind: str, application: Application, *, key: str, url_of: UrlOf, at: datetime, **values: Any) -> None:
    name = f"interview_{kind}"
    applications.write(application, name, key=f"{name}:{key}", url=url_of(application), at=at, **values)
