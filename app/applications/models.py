"""Applications: what was typed (every save is kept), files, moves between states, notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person, SignIn
from app.applications.rules.states import State
from app.core.db.base import Model, UTCDateTime
from app.programmes.models import Call
from app.questionnaires.models import QuestionnaireVersion


class Application(Model):
    """One file for one call. `key` stands in addresses and cannot be guessed; `reference` is for people.

    `submitted_at` is when it first came in, `handed_in_at` when it was handed in last; `late_until` is a deadline
    of its own. `reminded_at`: when its writer last heard of the deadline; `returned_at`: when they were sent what
    they had not handed in. `warned_at`: when they heard that the draft will be deleted; `emptied_at`: when a file
    that ended was left with what is counted. `checked_at`: when the owner saw what had been done before they
    proved their address. `decided_at`: when the jury decided, in private; None once that is taken away again.
    `assisted_by_id` is the colleague who fills it in on somebody's behalf.
    `is_rehearsal` says that staff try the call out: such a file stands in no list, count or export of real ones.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index("ix_application_submitted_at", "submitted_at", "id"),
        Index("ix_application_state_submitted_at", "state", "submitted_at", "id"),
        Index("ix_application_call_state", "call_id", "state"),
        Index("ix_application_call_submitted_at", "call_id", "submitted_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    reference: Mapped[str | None] = mapped_column(Text, unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_in_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in.id", ondelete="SET NULL"))
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default=State.DRAFT)
    title: Mapped[str] = mapped_column(Text, default="")
    municipality: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    declarations: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    late_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    returned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    warned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    emptied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    assisted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    is_rehearsal: Mapped[bool] = mapped_column(Boolean, default=False)

    call: Mapped[Call] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    version: Mapped[QuestionnaireVersion] = relationship(lazy="joined")
    started_in: Mapped[SignIn | None] = relationship(foreign_keys=[started_in_id])

    @property
    def was_begun_elsewhere(self) -> bool:
        """Was it begun in a browser in which the owner never proved the address, and did they not look at it yet?"""
        begun = self.started_in
        return self.checked_at is None and begun is not None and not begun.confirmed and begun.proved_at is None

    @property
    def has_unsent_changes(self) -> bool:
        """Was something changed since it was handed in? It counts once it is handed in too."""
        return self.handed_in_at is not None and self.saved_at > self.handed_in_at

    @property
    def ref(self) -> str:
        """How the audit trail and the outbox name this file."""
        return f"application:{self.id}"

    @property
    def words(self) -> str:
        """What the team finds it by."""
        return f"{self.reference} {self.title} {self.person.name} {self.person.email}"


class SectionSave(Model):
    """What one save acknowledged, as typed: the newest revision of a section counts, rows never change.

    Earlier ones go after a day, but for the first, the last of each hour and those handed in (`rules.superseded`).

    `window` tells the saves of one open page from those of another; the version is that of the form as it was shown.
    """

    __tablename__ = "section_save"
    __table_args__ = (
        UniqueConstraint("application_id", "section", "revision"),
        Index("ix_section_save_saved_at", "saved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    section: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    tab_id: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Submission(Model):
    """What was handed in, number n: which revision of each section and which files. Never changed.

    Staff and jury read the last one; what is written after it counts once it is handed in too.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    sections: Mapped[dict[str, int]] = mapped_column(JSON)
    attachments: Mapped[list[int]] = mapped_column(JSON)
    declarations: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_grace: Mapped[bool] = mapped_column(Boolean, default=False)


class Member(Model):
    """Somebody who works on a file with its owner, as writer or as reader; until they accept, an invitation.

    `name`: as the inviter wrote it. What the address itself is known by is not for them to see before it is accepted.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, default="")
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")

    @property
    def shown_name(self) -> str:
        """The name for the others in the team."""
        return self.person.name if self.accepted_at else self.name


class FormMove(Model):
    """A draft that went over to a newer version of its form; the writer has seen the list of changes at `seen_at`."""

    __tablename__ = "form_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ApplicationMessage(Model):
    """What applicant and team write to each other inside a file."""

    __tablename__ = "application_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    from_team: Mapped[bool] = mapped_column(Boolean)
    text: Mapped[str] = mapped_column(Text)
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Attachment(Model):
    """A file that answers a question. The name is only shown; on the disk it is known by its digest."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class UnsavedText(Model):
    """The answers of a section that were sent after the sign-in had ended, for the browser that sent them.

    `digest`: of the token in that browser's session; `revision`: the save from which the page was written.
    """

    __tablename__ = "unsaved_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Move(Model):
    """One step from state to state. `message` is what the applicant reads, in the language of the file.

    `questions`: the only ones that may be changed, by their keys, when staff ask for something; `reasons`: codes of
    why a file is not admissible, to be counted.
    """

    __tablename__ = "move"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    from_state: Mapped[str] = mapped_column(Text)
    to_state: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    message: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None] = mapped_column(Date)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)


class ReferenceSeries(Model):
    """The last number given out for one programme and year, such as SE27."""

    __tablename__ = "reference_series"

    prefix: Mapped[str] = mapped_column(Text, primary_key=True)
    last: Mapped[int]


class MonitoringCount(Model):
    """How often one answer to a statistical question was given for a call. Counts only: nothing leads to a file."""

    __tablename__ = "monitoring_count"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(Text, primary_key=True)
    answer: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]
