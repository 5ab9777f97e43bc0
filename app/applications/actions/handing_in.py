"""Submit, withdraw, and apply decisions. A double click submits once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from app.accounts.models import Person
from app.applications.actions.common import (
    asks_statistics,
    can_edit,
    copy_shown_answers,
    move_on,
    step,
    submission_window,
    write_to_writers,
)
from app.applications.models import Application, Submission
from app.applications.queries import files as files_queries
from app.applications.queries import revisions
from app.applications.rules.reference import reference
from app.applications.rules.states import State
from app.applications.rules.submission_window import is_in_grace
from app.consents import actions as consents
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.search import search_index
from app.questionnaires.queries import definition_of

REHEARSAL_CODE = "ZZ"  # the reference prefix of rehearsals; no programme has this code


def submit(
    application: Application,
    declarations: dict[str, Any],
    *,
    by: Person,
    url: str,
    language: str = "",
    at: datetime,
) -> Submission:
    """Submit the current answers. The caller has checked that they are complete and every required declaration is
    ticked.

    `declarations`: declaration key → version of its text; `url`: the status page, for the letter; `language`: of the
    page with the declarations. Consents are recorded with the submission. Submitting the same text again returns the
    existing submission. Raises Conflict when the application can no longer be changed.
    """
    saved = revisions.sections_of(application.id)
    sections = {name: one.revision for name, one in saved.items()}
    files = [attachment.id for attachment in files_queries.attachments_of(application.id)]
    last = files_queries.last_submission(application.id)
    if last and application.state == State.SUBMITTED and (last.sections, last.attachments) == (sections, files):
        if can_edit(application, at=at):
            _record_declarations(application, declarations, by=by, language=language, at=at)
        return last
    if not can_edit(application, at=at):
        raise Conflict("closed")
    made = _new_submission(
        application, declarations, number=last.number + 1 if last else 1, sections=sections, files=files, by=by, at=at
    )
    db.session.add(made)
    for one in sorted(saved.values(), key=lambda one: one.saved_at):
        copy_shown_answers(application, one.answers)
    _record_declarations(application, declarations, by=by, language=language, at=at)
    _mark_handed_in(application, at=at)
    if application.state != State.SUBMITTED:
        step(application, State.SUBMITTED, by=by, at=at)
    search_index.index_application(application.id, application.words, application.language)
    _record_submission(application, made, by=by, at=at)
    _send_receipts(application, made, url=url, at=at)
    return made


def _record_submission(application: Application, made: Submission, *, by: Person, at: datetime) -> None:
    audit_trail.record(
        "application.submitted",
        by=by.ref,
        about=application.ref,
        at=at,
        reference=application.reference,
        submission=made.number,
        grace=made.in_grace,
    )


def _new_submission(
    application: Application,
    declarations: dict[str, Any],
    *,
    number: int,
    sections: dict[str, int],
    files: list[int],
    by: Person,
    at: datetime,
) -> Submission:
    return Submission(
        application_id=application.id,
        number=number,
        at=at,
        by_id=by.id,
        questionnaire_version_id=application.questionnaire_version_id,
        sections=sections,
        attachments=files,
        declarations=declarations,
        in_grace=is_in_grace(State(application.state), submission_window(application), at),
    )


def _mark_handed_in(application: Application, *, at: datetime) -> None:
    application.submitted_at, application.handed_in_at = application.submitted_at or at, at
    application.reference = application.reference or _next_reference(application)


def _send_receipts(application: Application, made: Submission, *, url: str, at: datetime) -> None:
    """Send the receipt to everybody who writes the application."""
    kind = "application_received" if made.number == 1 else "application_corrected"
    write_to_writers(application, kind, key=f"received:{application.id}:{made.number}", url=url, at=at)


def _record_declarations(
    application: Application, ticked: dict[str, Any], *, by: Person, language: str, at: datetime
) -> None:
    """Store the declarations. When a colleague fills in for an applicant, the consent is the applicant's."""
    before, application.declarations = application.declarations, ticked
    if not application.is_rehearsal:
        consents.record(
            definition_of(application.version).declarations,
            ticked,
            person=application.person if by.id == application.assisted_by_id else by,
            application_id=application.id,
            before=before,
            language=language or application.language,
            at=at,
        )


def count_statistics(application: Application, answers: dict[str, str], *, at: datetime) -> None:
    """Add one to the count of each given answer, on the first submission. Counts hold no application and no moment."""
    if not asks_statistics(application, at=at):
        return
    for question, answer in sorted(answers.items()):
        db.session.execute(
            text(
                "INSERT INTO monitoring_count (call_id, question, answer, count) VALUES (:call, :question, :answer, 1)"
                " ON CONFLICT (call_id, question, answer) DO UPDATE SET count = monitoring_count.count + 1"
            ),
            {"call": application.call_id, "question": question, "answer": answer},
        )


def withdraw(application: Application, *, reason: str = "", by: Person, at: datetime) -> None:
    """Withdraw for good; possible until a decision is published."""
    ended = step(application, State.WITHDRAWN, by=by, at=at, message=reason)
    audit_trail.record("application.withdrawn", by=by.ref, about=application.ref, at=at)
    if application.reference:
        key = f"withdrawn:{application.id}"
        write_to_writers(application, "application_withdrawn", key=key, url="", at=at, ended=ended)


def apply_outcome(
    application: Application, outcome: State, *, reason: str, until: date | None = None, by: Person, at: datetime
) -> datetime | None:
    """Set the state to a published outcome, or to the answer to it; the room decisions writes the letter.

    Returns the time of an interview that this cancels, for that letter.
    """
    return move_on(application, outcome, by=by, at=at, message=reason, until=until)


def _next_reference(application: Application) -> str:
    year = clock.day_of(application.call.opens_at).year
    code = REHEARSAL_CODE if application.is_rehearsal else application.call.programme.code
    return reference(code, year, _next_number(f"{code}{year % 100:02}"))


def _next_number(prefix: str) -> int:
    """One atomic statement on both databases, so that concurrent submissions get different numbers."""
    counted = db.session.execute(
        text(
            "INSERT INTO reference_series (prefix, last) VALUES (:prefix, 1)"
            " ON CONFLICT (prefix) DO UPDATE SET last = reference_series.last + 1 RETURNING last"
        ),
        {"prefix": prefix},
    )
    return int(counted.scalar_one())
