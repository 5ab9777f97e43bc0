"""Tables: subscriptions with their topics, requests, links in e-mails, and what subscribers heard of calls."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.subscriptions.rules import ends_at

OWNED = "all, delete-orphan"


class SubscriptionRequest(Model):
    """A subscription that was asked for. It counts once its mailed link is confirmed; only the link's hash is stored.

    `key` is made with the page, so sending the form twice is one request. `topics`: separated by spaces.
    """

    __tablename__ = "subscription_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    email: Mapped[str] = mapped_column(Text, index=True)
    language: Mapped[str] = mapped_column(Text)
    topics: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def ref(self) -> str:
        """The reference of its letter."""
        return f"subscription_request:{self.key}"


class Subscription(Model):
    """A confirmed address. `key` is its name in the audit trail: rows are deleted and their numbers used again.

    `renewed_at`: when it was confirmed or last renewed; `renewal_asked_at`: when we asked for the next time.
    """

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    email: Mapped[str] = mapped_column(Text, unique=True)
    language: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    renewed_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    renewal_asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    topics: Mapped[list["SubscriptionTopic"]] = relationship(
        order_by="SubscriptionTopic.topic", cascade=OWNED, passive_deletes=True, lazy="selectin"
    )

    @property
    def ref(self) -> str:
        """The reference in the audit trail and of its letters."""
        return f"subscription:{self.key}"

    @property
    def topic_names(self) -> set[str]:
        """The codes of its topics."""
        return {one.topic for one in self.topics}

    @property
    def ends_at(self) -> datetime:
        """When it is forgotten, unless it is renewed."""
        return ends_at(self.renewed_at)


class SubscriptionTopic(Model):
    """One topic of a subscription, since when, and the version of the words that the page showed."""

    __tablename__ = "subscription_topic"
    __table_args__ = (UniqueConstraint("subscription_id", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(Text, index=True)
    version: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UTCDateTime)


class SubscriptionLink(Model):
    """A mailed link that changes and stops one subscription; only the hash of its token is stored. Each mail has its
    own.
    """

    __tablename__ = "subscription_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id", ondelete="CASCADE"), index=True)


class CallNotice(Model):
    """What a subscriber heard about a call, by e-mail (`kind`) or on our pages, and the closing time we named."""

    __tablename__ = "call_notice"
    __table_args__ = (UniqueConstraint("subscription_id", "call_id", "kind", "closes_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id", ondelete="CASCADE"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
