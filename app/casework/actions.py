"""Actions of the team on one or several submitted applications."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from app.accounts.models import Person
from app.applications.actions.common import move_on, write_to_writers
from app.applications.actions.talking import add_message
from app.applications.models import Application
from app.applications.queries import around
from app.applications.rules.states import State
from app.casework.models import Note, SavedView, Tag, TaggedApplication
from app.casework.queries.talk import was_sent_back
from app.casework.rules import REASON_NAMES, Reason
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.addresses import mailed_address
from app.core.i18n.language import speaking
from app.reviewers.actions.assigning import detect_conflicts

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
    reasons: Iterable[Reason] = (),
    by: Person,
    url: str,
    at: datetime,
) -> None:
    """Move an application to its next state. Mails the applicant where the step concerns them.

    `questions`: when it is sent back, the only ones that may be changed; an application is sent back once.
    `reasons`: why it is not admissible; shown above the message.
    Conflicts are detected before anybody reads an application that became admissible.
    """
    lock(application)
    if to is State.INCOMPLETE and was_sent_back(application.id):
        raise Conflict("sent back before")
    given = [Reason(one) for one in reasons]
    with speaking(application.language):
        message = "\n".join([*(str(REASON_NAMES[one]) for one in given), *([message] if message else [])])
    codes = [one.value for one in given]
    move_on(application, to, by=by, at=at, message=message, until=until, questions=questions, reasons=codes)
    if to is State.ELIGIBLE:
        detect_conflicts(application.call_id, at=at)
    letter = LETTERS.get(to)
    if letter:
        key = f"{to.value}:{application.id}:{at.isoformat()}"
        write_to_writers(application, letter, key=key, url=url, at=at, message=message, until=until)


def move_together(
    applications: list[Application], to: State, *, by: Person, url_of: Callable[[Application], str], at: datetime
) -> None:
    """Move several applications the same step, or none when one of them cannot."""
    lock(*applications)
    for application in applications:
        move(application, to, message="", until=None, by=by, url=url_of(application), at=at)


def write_together(applications: list[Application], words: dict[str, str], *, by: Person, at: datetime) -> None:
    """Write to the applicants of several applications, each in its own language."""
    for application in applications:
        write_to_applicant(application, words[application.language], by=by, at=at)


def tag(applications: list[Application], name: str, *, by: Person, at: datetime) -> None:
    """Add a tag to several applications; creates the tag when it is new."""
    known, _is_new = get_or_create(
        lambda: db.session.scalar(select(Tag).where(Tag.name == name).with_for_update(read=True, key_share=True)),
        lambda: Tag(name=name),
    )
    for number, application in sorted((one.id, one) for one in applications):
        _hanging, is_new = get_or_create(
            lambda number=number: db.session.get(TaggedApplication, (number, known.id)),  # type: ignore[misc]
            lambda number=number: TaggedApplication(application_id=number, tag_id=known.id),  # type: ignore[misc]
        )
        if is_new:
            audit_trail.record("application.tagged", by=by.ref, about=application.ref, at=at, tag=known.id)
    db.session.flush()


def untag(applications: list[Application], tag_id: int, *, by: Person, at: datetime) -> None:
    """Remove a tag from several applications; deletes the tag when nothing uses it."""
    for application in applications:
        hanging = db.session.get(TaggedApplication, (application.id, tag_id))
        if hanging is not None:
            db.session.delete(hanging)
            audit_trail.record("application.untagged", by=by.ref, about=application.ref, at=at, tag=tag_id)
    db.session.flush()
    db.session.execute(select(Tag.id).where(Tag.id == tag_id).with_for_update())  # prevents a concurrent use of the tag
    used = select(TaggedApplication.tag_id).where(TaggedApplication.tag_id == Tag.id)
    db.session.execute(delete(Tag).where(Tag.id == tag_id, ~used.exists()))


def keep_view(name: str, query: str, *, shared: bool, by: Person) -> None:
    """Save a filter of the list under a name; replaces the person's own view of that name."""
    db.session.execute(select(Person.id).where(Person.id == by.id).with_for_update(key_share=True))
    db.session.execute(delete(SavedView).where(SavedView.person_id == by.id, SavedView.name == name))
    db.session.add(SavedView(person_id=by.id, name=name, query=query, is_shared=shared))
    db.session.flush()


def drop_view(view_id: int, *, by: Person) -> None:
    """Delete one's own saved view."""
    db.session.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.person_id == by.id))


def add_note(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Add an internal note."""
    add_notes([(application, words)], by=by, at=at)


def add_notes(words: Sequence[tuple[Application, str]], *, by: Person, at: datetime) -> None:
    """Add a note to each of several applications, in one statement."""
    rows = [{"application_id": file.id, "at": at, "by_id": by.id, "text": text} for file, text in words]
    if not rows:
        return
    made = db.session.execute(insert(Note).returning(Note.application_id, Note.id), rows)
    for application_id, number in sorted((row.application_id, row.id) for row in made):
        about = f"application:{application_id}"
        audit_trail.record("application.noted", by=by.ref, about=about, at=at, note=number)


def write_to_applicant(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Send a message to everybody who writes the application; marks their earlier messages as answered."""
    message = add_message(application, words, from_team=True, by=by, at=at)
    mark_handled(application, at=at)
    url = mailed_address("applications_applicant.status", lang=application.language, key=application.key)
    write_to_writers(application, "application_answered", key=f"said:{message.id}", url=url, at=at, words=words)


def mark_handled(application: Application, *, at: datetime) -> None:
    """Mark every message of the applicant as handled."""
    for message in around.messages_of(application.id):
        if not message.from_team and message.handled_at is None:
            message.handled_at = at
    db.session.flush()
