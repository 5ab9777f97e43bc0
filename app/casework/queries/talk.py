"""Notes, messages, comments and history of one application, and what needs attention."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, case, cast, false, func, literal, null, select, union_all

from app.accounts.models import Person
from app.applications.models import Application, ApplicationMessage, Move
from app.applications.rules.states import State
from app.casework.models import Note, Tag, TaggedApplication
from app.conflicts.queries.hidden import open_to
from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import UTCDateTime, db
from app.mail.models import OutgoingMail
from app.review.models import Comment


def talk_of(application_id: int) -> tuple[list[Any], list[Any], list[Any]]:
    """(internal notes, newest first; messages with the applicant and comments of reviewers and team, oldest first), in
    one statement.

    Rows of id, at, by_id, name, text; a message also has from_team and handled_at.
    """
    said = ApplicationMessage
    note = select(
        literal("note").label("kind"),
        Note.id,
        Note.at,
        Note.by_id,
        Person.name.label("name"),
        Note.text,
        false().label("from_team"),
        cast(null(), UTCDateTime).label("handled_at"),
    ).outerjoin(Person, Person.id == Note.by_id)
    message = select(
        literal("message"), said.id, said.at, said.by_id, Person.name, said.text, said.from_team, said.handled_at
    ).outerjoin(Person, Person.id == said.by_id)
    remark = select(
        literal("remark"),
        Comment.id,
        Comment.at,
        Comment.by_id,
        Person.name,
        Comment.text,
        false(),
        cast(null(), UTCDateTime),
    ).outerjoin(Person, Person.id == Comment.by_id)
    every: Any = union_all(
        note.where(Note.application_id == application_id),
        message.where(said.application_id == application_id),
        remark.where(Comment.application_id == application_id),
    )
    rows = sorted(db.session.execute(every), key=lambda row: (row.at, row.id))
    of = {kind: [row for row in rows if row.kind == kind] for kind in ("note", "message", "remark")}
    return of["note"][::-1], of["message"], of["remark"]


def history(about: str) -> tuple[list[AuditEntry], dict[int, str]]:
    """(audit entries of one thing, newest first; the names of the actors), in one statement."""
    number = cast(func.substr(AuditEntry.by, len("person:") + 1), Integer)
    doer = case((AuditEntry.by.like("person:%"), number))
    rows = db.session.execute(
        select(AuditEntry, Person.id, Person.name)
        .outerjoin(Person, Person.id == doer)
        .where(AuditEntry.about == about)
        .order_by(AuditEntry.id.desc())
    ).all()
    return [row[0] for row in rows], {row[1]: row[2] for row in rows if row[1]}


def waiting_messages(count: int, viewer: int) -> list[Any]:
    """Applications with messages that nobody of the team handled, the oldest first: rows with their number."""
    return list(
        db.session.execute(
            select(
                Application.key,
                Application.title,
                Application.reference,
                Application.language,
                Person.name.label("person_name"),
                func.count().label("messages"),
            )
            .select_from(ApplicationMessage)
            .join(Application, Application.id == ApplicationMessage.application_id)
            .join(Application.person)
            .where(ApplicationMessage.from_team.is_(False), ApplicationMessage.handled_at.is_(None), open_to(viewer))
            .group_by(Application.id, Person.id)
            .order_by(func.min(ApplicationMessage.id))
            .limit(count)
        )
    )


@dataclass(frozen=True)
class Around:
    """Tags, letters and similar applications around one application, and whether it was sent back before."""

    tags: list[tuple[int, str]]
    letters: list[Any]
    alike: list[Any]
    sent_back: bool


def around(application: Application, viewer: int) -> Around:
    """Tags, letters (newest first) and other applications of the call by the same person or under the same name, in one
    statement.

    An application is sent back for completion once (domain facts, 7a).
    """
    none, no_moment = literal(""), cast(null(), UTCDateTime)
    letters = select(
        literal("letter").label("kind"),
        OutgoingMail.id.label("id"),
        none.label("key"),
        OutgoingMail.subject.label("words"),
        OutgoingMail.language.label("language"),
        OutgoingMail.state.label("state"),
        OutgoingMail.created_at.label("created_at"),
    ).where(OutgoingMail.about == application.ref)
    tags = (
        select(literal("tag"), Tag.id, none, Tag.name, none, none, no_moment)
        .join(TaggedApplication, TaggedApplication.tag_id == Tag.id)
        .where(TaggedApplication.application_id == application.id)
    )
    sent_back = select(literal("sent_back"), Move.id, none, none, none, none, no_moment).where(
        Move.application_id == application.id, Move.to_state == State.INCOMPLETE
    )
    every: Any = union_all(letters, tags, sent_back, _look_alikes(application, viewer))
    rows = sorted(db.session.execute(every), key=lambda row: row.id, reverse=True)
    return Around(
        tags=sorted((row.id, row.words) for row in rows if row.kind == "tag"),
        letters=[row for row in rows if row.kind == "letter"],
        alike=[row for row in rows if row.kind.startswith("same")],
        sent_back=any(row.kind == "sent_back" for row in rows),
    )


def request_to_complete(application_id: int) -> tuple[Move, str] | None:
    """The step that sent the application back for completion, with the name of the colleague; None without one."""
    wanted = (
        select(Move, Person.name)
        .outerjoin(Person, Person.id == Move.by_id)
        .where(Move.application_id == application_id, Move.to_state == State.INCOMPLETE)
        .order_by(Move.id.desc())
        .limit(1)
    )
    row = db.session.execute(wanted).first()
    return (row[0], row[1] or "") if row else None


def was_sent_back(application_id: int) -> bool:
    """True when the application was sent back for completion before."""
    wanted = select(Move.id).where(Move.application_id == application_id, Move.to_state == State.INCOMPLETE)
    return db.session.scalar(wanted.limit(1)) is not None


def _look_alikes(application: Application, viewer: int) -> Any:
    same_person = Application.person_id == application.person_id
    same_title = func.lower(Application.title) == application.title.lower()
    kind = case((same_person, "same_person"), else_="same_title")
    empty = literal("")
    return select(
        kind, Application.id, Application.key, Application.reference, empty, empty, cast(null(), UTCDateTime)
    ).where(
        Application.call_id == application.call_id,
        Application.id != application.id,
        Application.submitted_at.is_not(None),
        Application.is_rehearsal.is_(application.is_rehearsal),
        same_person | (same_title & (Application.title != "")),
        open_to(viewer),
    )
