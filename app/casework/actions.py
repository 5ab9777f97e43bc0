"""Every deed of the team on a file that was handed in."""

from datetime import date, datetime

from app.accounts.models import Person
from app.applications import queries
from app.applications.actions import people_of, say, step, write
from app.applications.models import Application
from app.applications.rules import State
from app.casework.models import Note
from app.core import audit
from app.core.db import db
from app.core.i18n import mailed_address

LETTERS = {
    State.INCOMPLETE: "application_incomplete",
    State.INELIGIBLE: "application_ineligible",
    State.ELIGIBLE: "application_eligible",
    State.INTERVIEW: "application_interview",
}


def move(
    application: Application,
    to: State,
    *,
    message: str,
    until: date | None,
    questions: list[str] | None = None,
    by: Person,
    url: str,
    at: datetime,
) -> None:
    """Staff take an application one step on, by the one table. The applicant is told where the step concerns them.

    `questions`: for a file that is sent back, the only ones that may be changed.
    """
    from_state = application.state
    step(application, to, by=by, at=at, message=message, until=until, questions=questions)
    audit.record("application.moved", by=by.ref, about=application.ref, at=at, from_state=from_state, to_state=to.value)
    letter = LETTERS.get(to)
    if letter:
        key = f"{to.value}:{application.id}:{at.isoformat()}"
        write(application, letter, key=key, url=url, at=at, message=message, until=until)


def add_note(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Keep what staff want to remember about a file."""
    note = Note(application_id=application.id, at=at, by_id=by.id, text=words)
    db.session.add(note)
    db.session.flush()
    audit.record("application.noted", by=by.ref, about=application.ref, at=at, note=note.id)


def write_to_applicant(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """The team writes to whoever works on the file; what the applicant asked before is answered by it."""
    message = say(application, words, from_team=True, by=by, at=at)
    take_up(application, at=at)
    for person in people_of(application):
        url = mailed_address("applications_applicant.status", lang=person.language, key=application.key)
        key = f"said:{message.id}:{person.id}"
        write(application, "application_answered", key=key, to=person, url=url, at=at, words=words)


def take_up(application: Application, *, at: datetime) -> None:
    """Say that the team has seen to every message of the applicant."""
    for message in queries.messages_of(application.id):
        if not message.from_team and message.handled_at is None:
            message.handled_at = at
    db.session.flush()
