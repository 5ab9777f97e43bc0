"""The table of consents."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime


class Consent(Model):
    """One consent to one purpose, with the text that the page showed.

    `application_id` is empty for a purpose about the person. `purpose` is the key of the declaration in the form;
    `version` is the version of its text.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Text, index=True)
    version: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)

    def is_active(self, at: datetime) -> bool:
        """True when the consent applies at this moment."""
        return self.withdrawn_at is None and (self.ends_at is None or self.ends_at > at)

    @property
    def ref(self) -> str:
        """The reference in the audit trail."""
        return f"consent:{self.id}"
