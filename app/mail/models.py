"""Tables: the outbox, and the team's wordings."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime
from app.core.i18n.bilingual import Bilingual, bilingual
from app.mail.rules.states import MailState


class OutgoingMail(Model):
    """One letter to one person, rendered when it was queued. `key` is unique: one event, one letter.

    `body`: the marked-up source (mail/rules/parts.py) of `text` and `html`. The keys of its links are not in these:
    they are `sealed` until it is sent or cancelled, and then deleted. `unsubscribe`: the address that stops such mail
    with one click, for its headers; empty where nothing can be stopped. `batch`: letters released together;
    `edited_at`: when a colleague edited this letter; `again_of_id`: the letter that this one repeats.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, index=True)
    to_name: Mapped[str] = mapped_column(Text)
    to_email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    sealed: Mapped[str] = mapped_column(Text, default="")
    unsubscribe: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default=MailState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    batch: Mapped[str] = mapped_column(Text, default="", index=True)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_mail.id", ondelete="SET NULL"))

    @property
    def ref(self) -> str:
        """The reference in the audit trail."""
        return f"letter:{self.id}"


class Wording(Model):
    """The team's wording of one kind of letter, in both languages; without a row the shipped one applies."""

    __tablename__ = "wording"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    subject: Mapped[Bilingual] = bilingual("subject")
    body: Mapped[Bilingual] = bilingual("body")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
