"""Tables: people, role grants, sign-in links and sessions."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules import Level, Purpose, Role, roles_at
from app.core.db.base import Model, UTCDateTime


class Person(Model):
    """A person with an e-mail address. Applicants, reviewers and staff share this table.

    `plain_language`: shows the plain texts of a form, on every device.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    plain_language: Mapped[bool] = mapped_column(Boolean, default=False)

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="person")

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are granted."""
        return frozenset(Role(grant.role) for grant in self.grants)

    @property
    def ref(self) -> str:
        """The reference in the audit trail. Contains no name, so erasure keeps the hash chain valid."""
        return f"person:{self.id}"


class RoleGrant(Model):
    """One role granted to one person."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(Text)

    person: Mapped[Person] = relationship(back_populates="grants")


class SignInLink(Model):
    """A mailed one-time link; only the hash of its token is stored.

    `browser_hash`: hash of the secret of the only browser that may use it; empty for any browser.
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
    """A request for a link. The worker answers it, so the page takes as long for an unknown address."""

    __tablename__ = "link_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    browser_hash: Mapped[str] = mapped_column(Text, default="")
    next_path: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignIn(Model):
    """A session on one device. Unconfirmed: the address was typed and not confirmed, so the session opens only the
    applications that were started in it.

    `level`: which roles of the person apply; `proved_at`: when the address was confirmed in this browser.
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
        """The roles that apply in this session."""
        return roles_at(self.level, self.person.roles) if self.confirmed else frozenset()
