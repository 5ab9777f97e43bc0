"""Correcting, erasing, and letting go in time. What is counted stays counted; nobody can be read in it any more."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, event, or_, select, update

from app.accounts.models import Person, SignIn, SignInLink
from app.applications import actions as applications
from app.applications.models import (
    Application,
    ApplicationMessage,
    Attachment,
    FormMove,
    Member,
    Move,
    SectionSave,
    Submission,
)
from app.applications.rules import OPEN_STATES, State
from app.casework.models import Note, TaggedApplication
from app.conflicts.models import ConflictOfInterest
from app.contact.models import Message
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.core.files.storage import Store, storage
from app.core.looks import Look
from app.core.search import let_team_find, let_team_forget
from app.decisions.models import Advice, Decision, Feedback
from app.events import actions as events
from app.interviews.models import Interview
from app.mail import actions as mail
from app.mail.models import Letter
from app.meetings.models import Item
from app.privacy import queries
from app.privacy.rules import LETTERS_KEPT, LOOKS_KEPT
from app.programmes.models import LateCode
from app.readers.models import Assignment
from app.review.models import Mark, Remark, Review

OF_A_FILE = (
    SectionSave, Submission, Attachment, ApplicationMessage, Member, FormMove, Note, TaggedApplication,
    ConflictOfInterest, Remark, Advice, Feedback,
)  # fmt: skip


def correct(person: Person, *, name: str, language: str, at: datetime) -> None:
    """Their name and language as they say."""
    person.name, person.language = name, language
    for one in queries.subject_of(person).applications:
        if one.reference:
            let_team_find(one.id, one.words, one.language)
    audit.record("person.corrected", by=person.ref, about=person.ref, at=at)


def erase(person: Person, *, by: str, at: datetime) -> None:
    """Leave of this person what is counted, and an empty line that the audit trail can point to.

    Raises Conflict for somebody who works here: first their roles are taken away.
    """
    if person.grants:
        raise Conflict("roles")
    subject = queries.subject_of(person)
    digests = queries.digests_of(subject.applications)
    for one in subject.applications:
        if one.state in OPEN_STATES:
            applications.settle(one, State.WITHDRAWN, reason="", by=person, at=at)
    gone = [one for one in subject.applications if one.reference is None or one.is_rehearsal]
    _delete_files(gone)
    _empty([one for one in subject.applications if one not in gone], at=at)
    events.forget_address(person.email, at=at)
    for model, where in (
        (Letter, or_(Letter.to_email == person.email, Letter.about.in_([*subject.refs, *queries.written_by(person)]))),
        (Look, or_(Look.about.in_(subject.refs), Look.by == person.ref)),
        (Message, Message.email == person.email),
        (LateCode, LateCode.email == person.email),
        (Member, Member.person_id == person.id),
        (SignInLink, SignInLink.person_id == person.id),
        (SignIn, SignIn.person_id == person.id),
    ):
        _carry_out(delete(model).where(where))
    person.email, person.name, person.email_confirmed_at = f"erased-{person.id}", "", None
    db.session.flush()
    audit.record("person.erased", by=by, about=person.ref, at=at)
    _drop_octets(digests)


def warn(*, url_of: Callable[[Application], str], at: datetime) -> int:
    """Tell writers of old drafts when these go; says to how many."""
    found = queries.drafts_to_warn(at)
    for one in found:
        one.warned_at = at
        mail.queue(
            "draft_ending",
            to_name=one.person.name,
            to_email=one.person.email,
            language=one.language,
            key=f"draft_ending:{one.id}:{at.isoformat()}",
            about=one.ref,
            at=at,
            application=one,
            url=url_of(one),
        )
    return len(found)


def let_go(*, at: datetime) -> int:
    """Delete drafts that nobody handed in, empty files that ended long ago, and forget old looks and letters."""
    drafts, settled = queries.drafts_to_delete(at), queries.settled_long_ago(at)
    digests = queries.digests_of([*drafts, *settled])
    for one in (*drafts, *settled):
        audit.record("application.let_go", by="system", about=one.ref, at=at)
    _carry_out(delete(Letter).where(Letter.about.in_([one.ref for one in (*drafts, *settled)])))
    count = len(drafts) + len(settled)
    _delete_files(drafts)
    _empty(settled, at=at)
    count += _carry_out(delete(Look).where(Look.at < at - LOOKS_KEPT))
    count += _carry_out(delete(SignIn).where(SignIn.ends_at < at - LOOKS_KEPT))
    count += _carry_out(delete(Letter).where(Letter.created_at < at - LETTERS_KEPT))
    _drop_octets(digests)
    return count


def _empty(applications_: Iterable[Application], *, at: datetime) -> None:
    """Take out what people wrote; call, language, municipality, state and dates stay, to be counted."""
    ids = [one.id for one in applications_]
    for model in OF_A_FILE:
        _carry_out(delete(model).where(model.application_id.in_(ids)))
    _carry_out(update(Move).where(Move.application_id.in_(ids)).values(message=""))
    _carry_out(update(Decision).where(Decision.application_id.in_(ids)).values(reason=""))
    _carry_out(update(Interview).where(Interview.application_id.in_(ids)).values(notes=""))
    _carry_out(update(Item).where(Item.application_id.in_(ids)).values(reason=""))
    reviews = select(Review.id).join(Review.assignment).where(Assignment.application_id.in_(ids))
    _carry_out(update(Mark).where(Mark.review_id.in_(reviews)).values(reason=""))
    _carry_out(update(Review).where(Review.id.in_(reviews)).values(words=""))
    let_team_forget(ids)
    for one in applications_:
        one.title, one.declarations, one.emptied_at = "", {}, at
    db.session.flush()


def _delete_files(applications_: Iterable[Application]) -> None:
    ids = [one.id for one in applications_]
    let_team_forget(ids)
    _carry_out(delete(Application).where(Application.id.in_(ids)))


def _carry_out(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))


def _drop_octets(digests: Iterable[str]) -> None:
    """Once it is sure that the rows are gone, the files go that nobody else needs."""
    unused, store = [one for one in digests if not queries.is_used(one)], storage()

    def drop(_session: object) -> None:
        _delete_all(store, unused)

    event.listen(db.session(), "after_commit", drop, once=True)


def _delete_all(store: Store, digests: list[str]) -> None:
    for digest in digests:
        store.delete(digest)
