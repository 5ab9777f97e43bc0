"""Start an application, save sections, add and remove attachments. No acknowledged save is lost."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person, SignIn
from app.accounts.rules import new_token
from app.applications.actions.common import can_edit, copy_shown_answers
from app.applications.models import Application, Attachment, SectionSave, UnsavedText
from app.applications.queries import around, revisions
from app.applications.queries.revisions import Answers, Saved
from app.applications.rules.scope import merge_answers
from app.applications.rules.states import State
from app.applications.rules.writing_time import worked_seconds
from app.core.audit import audit_trail
from app.core.db.base import change_any, db
from app.core.errors import Conflict
from app.core.files.check import Accepted
from app.core.files.storage import storage
from app.core.sizes import LONGEST_TEXT
from app.programmes.models import Call
from app.questionnaires.rules.bounds import size_of

LONGEST_UNSAVED, MOST_UNSAVED = 400_000, 5


class Stale(Conflict):
    """The section was saved meanwhile; `newest` is that save. Nothing was overwritten."""

    def __init__(self, newest: Saved) -> None:
        super().__init__("stale")
        self.newest = newest


def start(
    call_id: int,
    *,
    by: Person,
    sign_in: SignIn | None,
    language: str,
    at: datetime,
    late_until: datetime | None = None,
    assisted_by: Person | None = None,
    rehearsal: bool = False,
) -> Application:
    """Create a draft. The caller has checked that the call is open, or that a late code opens it.

    `assisted_by`: the colleague who fills it in for `by`; `rehearsal`: staff test the call.
    """
    call = db.session.get_one(Call, call_id)
    application = Application(
        key=new_token(),
        call=call,
        person=by,
        started_in_id=sign_in.id if sign_in else None,
        questionnaire_version_id=call.questionnaire_version_id,
        language=language,
        state=State.DRAFT,
        title="",
        municipality="",
        started_at=at,
        saved_at=at,
        declarations={},
        late_until=late_until,
        assisted_by_id=assisted_by.id if assisted_by else None,
        is_rehearsal=rehearsal,
    )
    db.session.add(application)
    db.session.flush()
    who = assisted_by or by
    audit_trail.record(
        "application.started", by=who.ref, about=application.ref, at=at, call=call.key, rehearsal=rehearsal
    )
    return application


def save_section(
    application: Application,
    section: str,
    answers: Answers,
    *,
    revision: int,
    tab_id: str = "",
    pressed: bool = True,
    by: Person,
    at: datetime,
) -> int:
    """Store what was typed in a section, valid or not, as a new revision; return its number.

    `revision`: the one the page showed; `tab_id`: the browser tab; `pressed`: a button was used, not autosave. Raises
    Stale when another text was saved since. A button may follow an autosave of the same tab; an autosave may not,
    because it can arrive late. Raises Conflict when the application is closed or an answer is longer than can be stored
    (the page checks both first).
    """
    if not can_edit(application, at=at):
        raise Conflict("closed")
    if any(size_of(answer) > LONGEST_TEXT for answer in answers.values()):
        raise Conflict("too long")
    newest = revisions.sections_of(application.id).get(section)
    if newest and newest.answers == answers:
        return newest.revision
    own = pressed and tab_id and newest and newest.tab_id == tab_id
    if newest and newest.revision != revision and not own:
        raise Stale(newest)
    saved = SectionSave(
        application_id=application.id,
        section=section,
        revision=(newest.revision if newest else 0) + 1,
        tab_id=tab_id,
        answers=answers,
        questionnaire_version_id=application.questionnaire_version_id,
        saved_at=at,
        saved_by_id=by.id,
        worked_seconds=worked_seconds(newest.worked_seconds, newest.saved_at, at) if newest else 0,
    )
    _store(application, saved, by=by)
    return saved.revision


def _store(application: Application, saved: SectionSave, *, by: Person) -> None:
    """Add the revision, the values that lists show, and the audit entry."""
    db.session.add(saved)
    application.saved_at = saved.saved_at
    if application.reference is None:
        copy_shown_answers(application, saved.answers)
    db.session.flush()
    audit_trail.record(
        "application.saved",
        by=by.ref,
        about=application.ref,
        at=saved.saved_at,
        section=saved.section,
        revision=saved.revision,
    )


def attach(
    application: Application, question: str, name: str, file: Accepted, *, by: Person, at: datetime
) -> Attachment:
    """Attach a checked file to an answer; stores the file only when the caller is not a page."""
    if not can_edit(application, at=at):
        raise Conflict("closed")
    attachment = Attachment(
        key=new_token(),
        application_id=application.id,
        question=question,
        name=name,
        media_type=file.media_type,
        size=len(file.content),
        digest=file.digest or storage().put(file.content),
        added_at=at,
    )
    db.session.add(attachment)
    application.saved_at = at
    db.session.flush()
    audit_trail.record(
        "application.file_added", by=by.ref, about=application.ref, at=at, question=question, digest=attachment.digest
    )
    return attachment


def put_back(
    application: Application, section: str, number: int, *, keys: Collection[str], by: Person, at: datetime
) -> int:
    """Make an earlier revision of a section the newest again, for the questions in `keys`.

    Revisions in between stay. Raises Conflict when the application is closed or has no such revision.
    """
    earlier = revisions.revision(application.id, section, number)
    newest = revisions.sections_of(application.id).get(section)
    if earlier is None or newest is None:
        raise Conflict("revision")
    answers = merge_answers(earlier.answers, newest.answers, keys)
    return save_section(application, section, answers, revision=newest.revision, by=by, at=at)


def see_changes(application: Application, *, at: datetime) -> None:
    """Mark the form changes as read by the applicant."""
    for move in around.form_moves(application.id):
        move.seen_at = at
    db.session.flush()


def keep_unsaved(
    application: Application, section: str, answers: Answers, *, digest: str, revision: int, at: datetime
) -> bool:
    """Store a text that arrived after the session ended, for the browser with the token; False when it is too long.

    One text per browser and at most MOST_UNSAVED per application; the oldest is deleted.
    """
    if len(json.dumps(answers)) > LONGEST_UNSAVED:
        return False
    db.session.execute(delete(UnsavedText).where(UnsavedText.digest == digest))
    older = revisions.unsaved_ids(application.id)[MOST_UNSAVED - 1 :]
    db.session.execute(delete(UnsavedText).where(UnsavedText.id.in_(older)))
    db.session.add(
        UnsavedText(
            digest=digest,
            application_id=application.id,
            section=section,
            revision=revision,
            answers=answers,
            sent_at=at,
        )
    )
    db.session.flush()
    return True


def forget_unsaved(digest: str) -> None:
    """Delete the unsaved text: it was saved or discarded."""
    db.session.execute(delete(UnsavedText).where(UnsavedText.digest == digest))


def forget_old_unsaved(*, before: datetime) -> int:
    """Delete unsaved texts older than this moment; return how many."""
    return change_any(delete(UnsavedText).where(UnsavedText.sent_at <= before))
