"""People, the roles they hold, the links mailed to them and their open sign-ins."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules import Level, Purpose, Role, roles_at
from app.core.db.base import Model, UTCDateTime


class Person(Model):
    """Somebody we write to. Applicants, jurors and staff are the same kind of person."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held today."""
        return frozenset(Role(grant.role) for grant in self.grants)

    @property
    def ref(self) -> str:
        """How the audit trail names this person: no name, so that erasure leaves it whole."""
        return f"person:{self.id}"


class RoleGrant(Model):
    """One role of one person."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(Text)

    person: Mapped[Person] = relationship(back_populates="grants")


class SignInLink(Model):
    """A mailed one-time address; only the hash of its token is kept.

    `browser_hash`: of the secret of the only browser that may use it; empty for any.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Text, default=Purpose.SIGN_IN)
    browser_hash: Mapped[str] = mapped_column(Text, default="")
    next_path: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)

    person: Mapped[Person] = relationship(lazy="joined")


class LinkRequest(Model):
    """Somebody asked for a link on a form. The worker answers: the page takes as long for an unknown address."""

    __tablename__ = "link_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    browser_hash: Mapped[str] = mapped_column(Text, default="")
    next_path: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignIn(Model):
    """An open door on one device. Unconfirmed: the e-mail was typed here and not yet proved, so the door
    leads only to the files that were started through it.

    `level`: which of the person's roles count; `proved_at`: when the address was confirmed in this very browser.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    confirmed: Mapped[bool] = mapped_column(Boolean)
    level: Mapped[str] = mapped_column(Text, default=Level.FULL)
    proved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)

    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that count on this device."""
        return roles_at(self.level, self.person.roles) if self.confirmed else frozenset()
