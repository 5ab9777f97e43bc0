"""Tables: events, registrations, links to registrations, and what people need to take part."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime, updated_at_column
from app.core.i18n.bilingual import Bilingual, bilingual


class Event(Model):
    """An event. `language` is nl, fr, or both; `is_example`: date and place are proposals."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    slug: Mapped[Bilingual] = bilingual("slug", unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    place: Mapped[Bilingual] = bilingual("place")
    language: Mapped[str] = mapped_column(Text)
    places: Mapped[int]
    is_rehearsal: Mapped[bool] = mapped_column(Boolean, default=False)
    is_example: Mapped[bool] = mapped_column(Boolean, default=False)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    revised_at: Mapped[datetime] = updated_at_column()
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="SET NULL"), index=True)


class Registration(Model):
    """One person's registration.

    `came` is empty until the team records attendance. Name and address are empty once erased.
    """

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("event_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    signed_up_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reminded: Mapped[bool] = mapped_column(Boolean, default=False)
    came: Mapped[bool | None] = mapped_column(Boolean)

    event: Mapped[Event] = relationship(lazy="joined")


class RegistrationLink(Model):
    """A mailed link to one registration; only the hash of its token is stored. Each mail has its own."""

    __tablename__ = "registration_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)


class AccessNeeds(Model):
    """What somebody needs to take part, given freely and with consent (GDPR, article 9).

    Apart from the registration, so that it is read only where it is needed, and goes soon after the event. `kinds`:
    codes separated by spaces.
    """

    __tablename__ = "access_needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), unique=True)
    kinds: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    agreed_at: Mapped[datetime] = mapped_column(UTCDateTime)
