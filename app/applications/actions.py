"""Every deed on an application: start, save, attach, hand in, withdraw, move, note."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from app.accounts.models import Person, SignIn
from app.accounts.rules import new_token
from app.applications import queries
from app.applications.models import Application, Attachment, Move, Note, SectionSave
from app.applications.queries import Answers, Saved
from app.applications.rules import State, may_edit, may_move, reference
from app.core import audit, clock
from app.core.bilingual import LOCALES
from app.core.db import db
from app.core.errors import Conflict
from app.core.files import Accepted, storage
from app.mail import actions as mail
from app.programmes.models import Call

LONGEST_TITLE = 200


class Stale(Conflict):
    """Somebody saved this section meanwhile; `newest` is what stands there now. Nothing was overwritten."""

    def __init__(self, newest: Saved) -> None:
        super().__init__("stale")
        self.newest = newest


def start(call_id: int, *, by: Person, sign_in: SignIn, language: str, at: datetime) -> Application:
    """Open a draft for this call; the caller has checked that the call is open."""
    call = db.session.get_one(Call, call_id)
    application = Application(
        key=new_token(),
        call=call,
        person=by,
        started_in_id=sign_in.id,
        questionnaire_version_id=call.questionnaire_version_id,
        language=language,
        state=State.DRAFT,
        title="",
        municipality="",
        started_at=at,
        saved_at=at,
        declarations={},
    )
    db.session.add(application)
    db.session.flush()
    audit.record("application.started", by=by.ref, about=application.ref, at=at, call=call.key)
    return application


def can_edit(application: Application, *, at: datetime) -> bool:
    """May answers be saved now? One rule for page, button and hand-in."""
    call = application.call
    return may_edit(
        State(application.state),
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        grace_minutes=call.grace_minutes,
        last_saved_at=application.saved_at,
        at=at,
    )


def save_section(
    application: Application,
    section: str,
    answers: Answers,
    *,
    revision: int,
    window: str = "",
    pressed: bool = True,
    by: Person,
    at: datetime,
) -> int:
    """Keep what was typed in one section, right or wrong, as a new revision; returns its number.

    `revision` is the one the writer saw, `window` the open page they write in, `pressed` tells a button from the
    script's own saving. Raises Stale when somebody saved a different text since. A pressed button may follow what the
    script saved from the same window; the script itself never may, since its message can arrive late.
    Raises Conflict when the file may not be changed any more.
    """
    if not can_edit(application, at=at):
        raise Conflict("closed")
    newest = queries.sections_of(application.id).get(section)
    if newest and newest.answers == answers:
        return newest.revision
    own = pressed and window and newest and newest.window == window
    if newest and newest.revision != revision and not own:
        raise Stale(newest)
    number = (newest.revision if newest else 0) + 1
    db.session.add(
        SectionSave(
            application_id=application.id,
            section=section,
            revision=number,
            window=window,
            answers=answers,
            questionnaire_version_id=application.questionnaire_version_id,
            saved_at=at,
            saved_by_id=by.id,
        )
    )
    application.saved_at = at
    _copy_shown_answers(application, answers)
    db.session.flush()
    audit.record("application.saved", by=by.ref, about=application.ref, at=at, section=section, revision=number)
    return number


def attach(
    application: Application, question: str, name: str, file: Accepted, *, by: Person, at: datetime
) -> Attachment:
    """Keep a checked file as an answer."""
    if not can_edit(application, at=at):
        raise Conflict("closed")
    attachment = Attachment(
        key=new_token(),
        application_id=application.id,
        question=question,
        name=name,
        media_type=file.media_type,
        size=len(file.content),
        digest=storage().put(file.content),
        added_at=at,
    )
    db.session.add(attachment)
    application.saved_at = at
    db.session.flush()
    audit.record(
        "application.file_added", by=by.ref, about=application.ref, at=at, question=question, digest=attachment.digest
    )
    return attachment


def detach(application: Application, attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take a file out of the answers."""
    if not can_edit(application, at=at):
        raise Conflict("closed")
    attachment.removed_at = at
    application.saved_at = at
    audit.record("application.file_removed", by=by.ref, about=application.ref, at=at, digest=attachment.digest)


def submit(application: Application, declarations: dict[str, Any], *, by: Person, url: str, at: datetime) -> None:
    """Hand in, once. The caller has checked that every section is complete and every duty is ticked.

    `declarations` maps a declaration's key to the version of its text; `url` is the status page, for the letter.
    Raises Conflict when the call has closed or the file was handed in before.
    """
    if not can_edit(application, at=at):
        raise Conflict("closed")
    call, first = application.call, application.reference is None
    late = first and call.closes_at is not None and at >= call.closes_at
    application.declarations = declarations
    application.submitted_at = application.submitted_at or at
    if first:
        year = clock.day_of(call.opens_at).year
        number = _next_number(f"{call.programme.code}{year % 100:02}")
        application.reference = reference(call.programme.code, year, number)
    _move(application, State.SUBMITTED, by=by, at=at)
    audit.record(
        "application.submitted", by=by.ref, about=application.ref, at=at, reference=application.reference, grace=late
    )
    _write(application, "application_received", key=f"received:{application.id}:{at.isoformat()}", url=url, at=at)


def count_statistics(call: Call, answers: dict[str, str]) -> None:
    """Add one to each given answer. Nothing here knows which file, or when: the counts cannot be traced back."""
    for question, answer in answers.items():
        db.session.execute(
            text(
                "INSERT INTO monitoring_count (call_id, question, answer, count) VALUES (:call, :question, :answer, 1)"
                " ON CONFLICT (call_id, question, answer) DO UPDATE SET count = monitoring_count.count + 1"
            ),
            {"call": call.id, "question": question, "answer": answer},
        )


def withdraw(application: Application, *, by: Person, at: datetime) -> None:
    """Take an application back for good; possible until a decision is told."""
    _move(application, State.WITHDRAWN, by=by, at=at)
    audit.record("application.withdrawn", by=by.ref, about=application.ref, at=at)
    if application.reference:
        _write(application, "application_withdrawn", key=f"withdrawn:{application.id}", url="", at=at)


def move(
    application: Application, to: State, *, message: str, until: date | None, by: Person, url: str, at: datetime
) -> None:
    """Staff take an application one step on, by the one table. The applicant is told where the step concerns them."""
    from_state = application.state
    _move(application, to, by=by, at=at, message=message, until=until)
    audit.record("application.moved", by=by.ref, about=application.ref, at=at, from_state=from_state, to_state=to.value)
    letter = {State.INCOMPLETE: "application_incomplete", State.INELIGIBLE: "application_ineligible",
              State.ELIGIBLE: "application_eligible", State.INTERVIEW: "application_interview"}.get(to)  # fmt: skip
    if letter:
        key = f"{to.value}:{application.id}:{at.isoformat()}"
        _write(application, letter, key=key, url=url, at=at, message=message, until=until)


def settle(application: Application, outcome: State, *, reason: str, by: Person, at: datetime) -> None:
    """Make a told decision the state of the file, with its reasons; `decisions` writes the letter."""
    _move(application, outcome, by=by, at=at, message=reason)
    audit.record("application.moved", by=by.ref, about=application.ref, at=at, to_state=outcome.value)


def add_note(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Keep what staff want to remember about a file."""
    note = Note(application_id=application.id, at=at, by_id=by.id, text=words)
    db.session.add(note)
    db.session.flush()
    audit.record("application.noted", by=by.ref, about=application.ref, at=at, note=note.id)


def _move(
    application: Application, to: State, *, by: Person, at: datetime, message: str = "", until: date | None = None
) -> None:
    if not may_move(State(application.state), to):
        raise Conflict(application.state)
    db.session.add(
        Move(
            application_id=application.id,
            at=at,
            from_state=application.state,
            to_state=to,
            by_id=by.id,
            message=message,
            until=until,
            questions=[],
        )
    )
    application.state = to
    db.session.flush()


def _next_number(prefix: str) -> int:
    """One atomic statement on both databases: two hand-ins at the same instant get two numbers."""
    counted = db.session.execute(
        text(
            "INSERT INTO reference_series (prefix, last) VALUES (:prefix, 1)"
            " ON CONFLICT (prefix) DO UPDATE SET last = reference_series.last + 1 RETURNING last"
        ),
        {"prefix": prefix},
    )
    return int(counted.scalar_one())


def _write(application: Application, kind: str, *, key: str, url: str, at: datetime, **values: Any) -> None:
    mail.queue(
        kind,
        to_name=application.person.name,
        to_email=application.person.email,
        language=application.language,
        key=key,
        about=application.ref,
        at=at,
        application=application,
        url=url,
        **values,
    )


def _copy_shown_answers(application: Application, answers: Answers) -> None:
    """Lists show name and first municipality without opening the answers; letters follow the file's language."""
    if answers.get("file_language") in LOCALES:
        application.language = answers["file_language"]
    name = answers.get("project_name")
    if isinstance(name, str):
        application.title = name[:LONGEST_TITLE]
    places = answers.get("municipalities")
    if isinstance(places, list):
        application.municipality = str(places[0]) if places else ""
