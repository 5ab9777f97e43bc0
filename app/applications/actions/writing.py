"""Writing: start a file, save a section, add and take away files. Every save that was acknowledged is kept."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person, SignIn
from app.accounts.rules import new_token
from app.applications.actions.common import can_edit, copy_shown_answers
from app.applications.models import Application, Attachment, SectionSave, UnsavedText
from app.applications.queries import around, files
from app.applications.queries.files import Answers, Saved
from app.applications.rules.scope import merge_answers
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import change_any, db
from app.core.errors import Conflict
from app.core.files.check import Accepted
from app.core.files.storage import storage
from app.programmes.models import Call
from app.questionnaires.rules.bounds import MOST_BYTES, size_of

LONGEST_UNSAVED, MOST_UNSAVED = 400_000, 5


class Stale(Conflict):
    """Somebody saved this section meanwhile; `newest` is what stands there now. Nothing was overwritten."""

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
    """Open a draft for this call; the caller has checked that the call is open, or that a late code opens it.

    `assisted_by`: the colleague who fills it in on behalf of `by`; `rehearsal`: staff try the call out.
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
    """Keep what was typed in one section, right or wrong, as a new revision; returns its number.

    `revision` is the one the writer saw, `window` the open page they write in, `pressed` tells a button from the
    script's own saving. Raises Stale when somebody saved a different text since. A pressed button may follow what the
    script saved from the same window; the script itself never may, since its message can arrive late.
    Raises Conflict when the file may not be changed any more, or when an answer is too long to be kept: the page has
    said so before.
    """
    if not can_edit(application, at=at):
        raise Conflict("closed")
    if any(size_of(answer) > MOST_BYTES for answer in answers.values()):
        raise Conflict("too long")
    newest = files.sections_of(application.id).get(section)
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
    )
    _store(application, saved, by=by)
    return saved.revision


def _store(application: Application, saved: SectionSave, *, by: Person) -> None:
    """Add a revision to its file, with the answers that lists show and the audit line."""
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
    """Keep a checked file as an answer; it is stored already, but where the caller is no page."""
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
    """Make an earlier text of a section its newest revision again, for the questions in `keys`.

    The texts between stay in the list. Raises Conflict when the file is closed or never had such a revision.
    """
    earlier = files.revision(application.id, section, number)
    newest = files.sections_of(application.id).get(section)
    if earlier is None or newest is None:
        raise Conflict("revision")
    answers = merge_answers(earlier.answers, newest.answers, keys)
    return save_section(application, section, answers, revision=newest.revision, by=by, at=at)


def see_changes(application: Application, *, at: datetime) -> None:
    """The writer has read what changed in the form."""
    for move in around.form_moves(application.id):
        move.seen_at = at
    db.session.flush()


def keep_unsaved(
    application: Application, section: str, answers: Answers, *, digest: str, revision: int, at: datetime
) -> bool:
    """Keep a text that came after the sign-in had ended, for whoever holds the token; False where it is too long.

    A browser has one such text, a file at most MOST_UNSAVED: the oldest goes.
    """
    if len(json.dumps(answers)) > LONGEST_UNSAVED:
        return False
    db.session.execute(delete(UnsavedText).where(UnsavedText.digest == digest))
    older = files.unsaved_ids(application.id)[MOST_UNSAVED - 1 :]
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
    """The text is saved, or not wanted."""
    db.session.execute(delete(UnsavedText).where(UnsavedText.digest == digest))


def forget_old_unsaved(*, before: datetime) -> int:
    """Delete the texts that came before then and for which nobody came back; returns how many."""
    return change_any(delete(UnsavedText).where(UnsavedText.sent_at <= before))
