"""Invite, extend, remind, and keep notes."""

from datetime import date, datetime

from app.accounts.models import Person
from app.applications.actions import common as common_actions
from app.applications.models import Application
from app.applications.rules.states import State
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.interviews.actions.common import UrlOf, write
from app.interviews.models import Interview
from app.interviews.queries import files, slots
from app.interviews.rules import INVITABLE, may_be_invited


class WithoutSlot(Exception):
    """No free slot fits these applications: nobody was invited."""

    def __init__(self, applications: list[Application]) -> None:
        super().__init__()
        self.applications = applications


def invite(
    chosen: list[Application], *, choose_by: date, message: Bilingual, url_of: UrlOf, by: Person, at: datetime
) -> int:
    """Invite applications: state, trail and letter in one transaction. Returns how many.

    `message`: each applicant reads it in the language of the application. Raises Conflict when one of them cannot be
    invited, and WithoutSlot when one of them could choose nothing; those that are invited already are skipped.
    """
    lock(*chosen)
    for application in chosen:
        if application.state not in INVITABLE or application.is_rehearsal:
            raise Conflict(application.state)
    wanted = [one for one in chosen if _may_be_invited(one)]
    _check_slots(wanted, at=at)
    for application in wanted:
        made, is_new = get_or_create(
            lambda file=application.id: files.interview_of(file),  # type: ignore[misc]
            lambda file=application.id: Interview(  # type: ignore[misc]
                application_id=file, invited_at=at, invited_by_id=by.id, choose_by=choose_by
            ),
        )
        if not is_new:
            made.invited_at, made.invited_by_id, made.choose_by, made.reminded_at = at, by.id, choose_by, None
        words = message[application.language]
        if application.state != State.INTERVIEW:
            common_actions.move_on(application, State.INTERVIEW, by=by, at=at, message=words, until=choose_by)
        audit_trail.record("interview.invited", by=by.ref, about=application.ref, at=at)
        key = f"{made.id}" if is_new else f"{made.id}:{at.isoformat()}"
        write("invited", application, key=key, url_of=url_of, at=at, choose_by=choose_by, message=words)
    return len(wanted)


def _may_be_invited(application: Application) -> bool:
    interview, slot = files.appointment_of(application.id)
    return may_be_invited(application.state, is_invited=interview is not None, has_slot=slot is not None)


def _check_slots(chosen: list[Application], *, at: datetime) -> None:
    """Nobody is asked to choose among nothing."""
    if not chosen:
        return
    notice = files.plan_of(chosen[0].call_id).notice
    lacking = slots.without_slot([one.id for one in chosen], at + notice)
    if lacking:
        raise WithoutSlot([one for one in chosen if one.id in lacking])


def extend_choice(interview: Interview, application: Application, day: date, *, by: Person, at: datetime) -> None:
    """Set another last day to choose."""
    interview.choose_by = day
    db.session.flush()
    audit_trail.record("interview.given_until", by=by.ref, about=application.ref, at=at, day=day.isoformat())


def remind(interview: Interview, application: Application, *, url_of: UrlOf, by: str, at: datetime) -> bool:
    """Remind an invited applicant without a slot, once a day at most; False when they were reminded today."""
    lock(application)
    lock(interview)
    if application.state != State.INTERVIEW or files.slot_of(interview.id):
        raise Conflict("chosen")
    today = clock.day_of(at)
    if interview.reminded_at and clock.day_of(interview.reminded_at) == today:
        return False
    interview.reminded_at = at
    db.session.flush()
    audit_trail.record("interview.reminded", by=by, about=application.ref, at=at)
    write("reminder", application, key=f"{interview.id}:{today}", url_of=url_of, at=at, choose_by=interview.choose_by)
    return True


def remind_all(*, url_of: UrlOf, at: datetime) -> int:
    """Remind applicants whose last day to choose is near; return how many."""
    waiting = files.to_remind(clock.day_of(at), at)
    lock(*(file for _interview, file in waiting))
    waiting = files.to_remind(clock.day_of(at), at)
    return sum(remind(one, file, url_of=url_of, by="system", at=at) for one, file in waiting)


def keep_notes(interview: Interview, application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Store the notes for team and jury."""
    if interview.notes == words:
        return
    interview.notes = words
    db.session.flush()
    audit_trail.record("interview.noted", by=by.ref, about=application.ref, at=at)
