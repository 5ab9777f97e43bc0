"""Tables: applications, saved sections, submissions, members, attachments, state changes, messages."""

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
    """An application to a call. `key` is unguessable and used in addresses; `reference` is for people.

    `submitted_at`: first submission; `handed_in_at`: last submission; `late_until`: a deadline of its own.
    `reminded_at`: last reminder of the deadline; `returned_at`: when unsent changes were mailed back. `warned_at`: when
    the applicant was told that the draft will be deleted; `emptied_at`: when all but the statistics was deleted.
    `checked_at`: when the owner reviewed what was done before they confirmed the address. `decided_at`: when the jury
    decided; None when that was undone. `assisted_by_id`: the colleague who fills it in for the applicant.
    `is_rehearsal`: a test by staff, left out of every list, count and export of real applications.
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
        """True when it was started in a browser where the owner never confirmed the address, and they have not
        reviewed it.
        """
        begun = self.started_in
        return self.checked_at is None and begun is not None and not begun.confirmed and begun.proved_at is None

    @property
    def has_unsent_changes(self) -> bool:
        """True when it changed since the last submission. Changes count only after submitting again."""
        return self.handed_in_at is not None and self.saved_at > self.handed_in_at

    @property
    def ref(self) -> str:
        """The reference in the audit trail and the outbox."""
        return f"application:{self.id}"

    @property
    def words(self) -> str:
        """The words for the team's search index."""
        return f"{self.reference} {self.title} {self.person.name} {self.person.email}"


class SectionSave(Model):
    """One acknowledged save of a section, as typed. The newest revision counts; rows never change.

    Old revisions are deleted after a day, except the first, the last of each hour and submitted ones
    (`rules.thinning.superseded`). `tab_id`: the browser tab; the version is that of the form on the page.
    `worked_seconds`: of writing on the section up to this save, so that it survives the deletion of earlier ones.
    """

    __tablename__ = "section_save"
    __table_args__ = (
        UniqueConstraint("application_id", "section", "revision"),
        Index("ix_section_save_saved_at", "saved_at"),
        Index("ix_section_save_worked", "application_id", "section", "worked_seconds"),
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
    worked_seconds: Mapped[int] = mapped_column(default=0)


class Submission(Model):
    """Submission number n: the revision of each section, and the attachments. Immutable.

    Staff and jury read the last one; later changes count after the next submission.
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
    """A member beside the owner, as writer or reader; an open invitation until they accept.

    `name`: as the inviter typed it. The name of the account stays hidden from the inviter until acceptance.
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
        """The name that the other members see."""
        return self.person.name if self.accepted_at else self.name


class FormMove(Model):
    """A draft moved to a newer version of its form; `seen_at`: when the applicant read the list of changes."""

    __tablename__ = "form_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    from_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    to_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ApplicationMessage(Model):
    """A message between applicant and team."""

    __tablename__ = "application_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    from_team: Mapped[bool] = mapped_column(Boolean)
    text: Mapped[str] = mapped_column(Text)
    handled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Attachment(Model):
    """A file that answers a question. The name is only shown; storage uses the digest."""

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
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


class UnsavedText(Model):
    """Answers of a section that arrived after the session ended, for the browser that sent them.

    `digest`: of the token in that browser's session; `revision`: the save that the page was based on.
    """

    __tablename__ = "unsaved_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    section: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class DroppedFile(Model):
    """A stored file to delete once no row uses it and no upload of it can still be running."""

    __tablename__ = "dropped_file"

    digest: Mapped[str] = mapped_column(Text, primary_key=True)
    dropped_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Move(Model):
    """A change of state. `message`: for the applicant, in the language of the application.

    `questions`: keys of the only ones that may be changed when it is sent back; `reasons`: codes of why it is not
    admissible, for the statistics.
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
    """The last number given out per programme and year, such as SE27."""

    __tablename__ = "reference_series"

    prefix: Mapped[str] = mapped_column(Text, primary_key=True)
    last: Mapped[int]


class MonitoringCount(Model):
    """How often an answer to a statistical question was given in a call. Not linked to applications."""

    __tablename__ = "monitoring_count"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(Text, primary_key=True)
    answer: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]
