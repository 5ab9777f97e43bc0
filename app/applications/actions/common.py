"""Shared by all actions on applications: submission window, state changes, letters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.accounts.models import Person
from app.applications.models import Application, Member, Move
from app.applications.queries import around
from app.applications.rules.monitoring import asks_statistics as is_asking
from app.applications.rules.showing import shown_language, shown_municipality, shown_title
from app.applications.rules.states import State, may_move
from app.applications.rules.submission_window import Deadline, SubmissionWindow, may_edit
from app.applications.rules.submission_window import deadline_of as deadline_in
from app.applications.rules.team import Role, gets_letter
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.extension_points import ExtensionPoint
from app.core.i18n.addresses import mailed_address
from app.mail.actions import writing

# What follows a change of state, in the same transaction: gets the application, the state before, and `by`, `message`
# and `at` of the step. Returns the time of a cancelled appointment that the letter about the step has to mention.
FOLLOWERS = ExtensionPoint[Callable[..., datetime | None]]("followers_of_a_step")


def submission_window(application: Application) -> SubmissionWindow:
    """What decides whether the application is open."""
    call = application.call
    return SubmissionWindow(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        grace_minutes=call.grace_minutes,
        last_saved_at=application.saved_at,
        late_until=application.late_until,
        is_rehearsal=application.is_rehearsal,
    )


def asks_statistics(application: Application, *, at: datetime) -> bool:
    """True when the optional questions are asked: once, of real applications, while the call takes everybody."""
    is_first = not application.reference and not application.is_rehearsal
    return is_first and is_asking(submission_window(application), at)


def own_deadline(application: Application) -> datetime | None:
    """The deadline without grace: that of the call, or a later one of this application."""
    return submission_window(application).deadline


def has_longer(application: Application) -> bool:
    """True when a late code gave this application a deadline after that of the call."""
    return own_deadline(application) != application.call.closes_at


def can_edit(application: Application, *, at: datetime) -> bool:
    """True when answers may be saved now. One rule for page, button and submission."""
    return may_edit(State(application.state), submission_window(application), at)


def deadline_of(application: Application, *, at: datetime) -> Deadline | None:
    """Until when the team may submit; used by pages, letters and reminders."""
    return deadline_in(State(application.state), submission_window(application), at)


def is_being_changed(application: Application, *, at: datetime) -> bool:
    """True while the applicant may still replace the submitted text."""
    return application.has_unsent_changes and can_edit(application, at=at)


def copy_shown_answers(application: Application, answers: Mapping[str, Any]) -> None:
    """Copy the name and first municipality to the row, so that lists need not open the answers, and the language for
    letters.

    After submission these belong to the submitted text: only another submission changes them.
    """
    application.language = shown_language(answers) or application.language
    if isinstance(answers.get("project_name"), str):
        application.title = shown_title(answers)
    if isinstance(answers.get("municipalities"), list):
        application.municipality = shown_municipality(answers)


def step(
    application: Application,
    to: State,
    *,
    by: Person,
    at: datetime,
    message: str = "",
    until: date | None = None,
    questions: list[str] | None = None,
    reasons: list[str] | None = None,
) -> datetime | None:
    """Change the state if the transition table allows it. Raises Conflict.

    Returns the time of an interview that this cancels, when the letter about the step has to mention it.
    """
    lock(application)
    before = State(application.state)
    if not may_move(before, to):
        raise Conflict(application.state)
    db.session.add(
        Move(
            application_id=application.id,
            at=at,
            from_state=before,
            to_state=to,
            by_id=by.id,
            message=message,
            until=until,
            questions=questions or [],
            reasons=reasons or [],
        )
    )
    application.state = to
    db.session.flush()
    cancelled = [follow(application, before, by=by, message=message, at=at) for follow in FOLLOWERS.all()]
    return next((one for one in cancelled if one), None)


def move_on(
    application: Application, to: State, *, by: Person, at: datetime, reasons: list[str] | None = None, **more: Any
) -> datetime | None:
    """Change the state by decision of a person, with an audit entry; the rest as for `step`."""
    from_state = application.state
    cancelled = step(application, to, by=by, at=at, reasons=reasons, **more)
    audit_trail.record(
        "application.moved",
        by=by.ref,
        about=application.ref,
        at=at,
        from_state=from_state,
        to_state=to.value,
        reasons=reasons or [],
    )
    return cancelled


def write(
    application: Application,
    kind: str,
    *,
    key: str,
    at: datetime,
    to: Person | None = None,
    url: str = "",
    **values: Any,
) -> None:
    """Queue a letter about this application: to its owner in the language of the application, to another member in
    their own.

    For a rehearsal only the tester gets letters.
    """
    reader = to or application.person
    if application.is_rehearsal and reader.id != application.person_id:
        return
    writing.queue(
        kind,
        to_name=reader.name,
        to_email=reader.email,
        language=application.language if reader.id == application.person_id else reader.language,
        key=key,
        about=application.ref,
        at=at,
        application=application,
        deadline=deadline_of(application, at=at),
        url=url,
        **values,
    )


def write_to_writers(application: Application, kind: str, *, key: str, at: datetime, url: str, **values: Any) -> None:
    """Queue a letter about this application for everybody who gets letters of this kind; `url`: the owner's link."""
    for one in recipients(application, kind, url=url):
        write(application, kind, key=f"{key}{one.suffix}", to=one.person, url=one.url, at=at, **values)


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a letter about an application. `suffix`: makes the key of a second letter unique."""

    person: Person
    language: str
    url: str
    suffix: str = ""


def recipients(
    application: Application, kind: str, *, url: str, members: Sequence[Member] | None = None
) -> list[Recipient]:
    """Who gets a letter of this kind, its owner first; the others get a link to the status page.

    `members`: those of the application where the caller has them. For a rehearsal only the tester gets letters.
    """
    found = [Recipient(application.person, application.language, url)]
    if application.is_rehearsal:
        return found
    for one in around.members_of(application.id) if members is None else members:
        if gets_letter(kind, Role(one.role), accepted=one.accepted_at is not None):
            person = one.person
            status = mailed_address("applications_applicant.status", lang=person.language, key=application.key)
            found.append(Recipient(person, person.language, status, f":{person.id}"))
    return found
