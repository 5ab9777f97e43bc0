"""Queries about subscriptions, and the addresses for the newsletter and about calls."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app.accounts.models import Person
from app.accounts.rules import hashed
from app.consents import queries as consents
from app.consents.models import Consent
from app.consents.rules import NEWSLETTER as PURPOSE
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call, Programme
from app.subscriptions.models import CallNotice, Subscription, SubscriptionLink, SubscriptionRequest, SubscriptionTopic
from app.subscriptions.rules import (
    ALL_CALLS,
    NEWSLETTER,
    OF_A_PROGRAMME,
    Notice,
    calls_of,
    ends_at,
    reminder,
    to_renew_before,
    topics_about,
)

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Address:
    """A confirmed address on a list of the team. `version`: of the words that were agreed to."""

    email: str
    language: str
    since: datetime
    ends_at: datetime | None
    version: str
    topics: str = ""


def titles(*, public_only: bool = True) -> dict[str, Bilingual]:
    """The topic of each programme with its title, in order."""
    wanted = select(Programme.key, Programme.title).order_by(Programme.position, Programme.id)
    if public_only:
        wanted = wanted.where(Programme.published_at.is_not(None))
    return {calls_of(key): title for key, title in db.session.execute(wanted)}


def in_words(topics: Collection[str]) -> dict[str, Any]:
    """What subscriptions/_topics.html and the letter show of these topics."""
    return {
        "titles": [title for topic, title in titles(public_only=False).items() if topic in topics],
        "all_calls": ALL_CALLS in topics,
        "newsletter": NEWSLETTER in topics,
    }


def request_with_key(key: str) -> SubscriptionRequest | None:
    return db.session.scalar(select(SubscriptionRequest).where(SubscriptionRequest.key == key))


def request_of(token: str) -> SubscriptionRequest | None:
    """The request of this mailed token."""
    return db.session.scalar(select(SubscriptionRequest).where(SubscriptionRequest.token_hash == hashed(token)))


def subscription_of(token: str) -> Subscription | None:
    """The subscription of this mailed token."""
    link = (SubscriptionLink.subscription_id == Subscription.id, SubscriptionLink.token_hash == hashed(token))
    return db.session.scalar(select(Subscription).where(exists().where(*link)))


def subscription_with(email: str) -> Subscription | None:
    return db.session.scalar(select(Subscription).where(Subscription.email == email))


def newsletter_consents(email: str, at: datetime) -> list[Consent]:
    """The active newsletter consents that this person gave in an application form."""
    wanted = (
        select(Consent)
        .join(Person, Person.id == Consent.person_id)
        .where(Person.email == email, Consent.purpose == PURPOSE, consents.is_active(at))
    )
    return list(db.session.scalars(wanted.order_by(Consent.id)))


def topics_shown(subscription: Subscription, at: datetime) -> set[str]:
    """Its topics; the newsletter also where the person agreed to it in an application form."""
    agreed = {NEWSLETTER} if newsletter_consents(subscription.email, at) else set()
    return subscription.topic_names | agreed


def open_calls(at: datetime) -> list[Call]:
    """Public calls that are open now. The dates of example content are proposals: nobody hears of them."""
    wanted = (
        select(Call)
        .join(Call.programme)
        .where(
            *(Call.published_at.is_not(None), Programme.published_at.is_not(None), Programme.is_example.is_(False)),
            *(Call.opens_at <= at, or_(Call.closes_at.is_(None), Call.closes_at > at)),
        )
    )
    return list(db.session.scalars(wanted.order_by(Call.opens_at, Call.id)))


def due(call: Call, notice: Notice, at: datetime, *, only: Iterable[int] | None = None) -> list[Subscription]:
    """The next subscribers to whom this e-mail about an open call is due, as `rules.due` says; `only`: of these."""
    notified = exists().where(CallNotice.subscription_id == Subscription.id, CallNotice.call_id == call.id)
    wanted = select(Subscription).where(_hears_of(call))
    if notice == Notice.OPENED:
        wanted = wanted.where(~notified)
    else:
        last = reminder(call.closes_at, at)
        if last is None:
            return []
        covered = notified.where(
            CallNotice.at >= last.since, CallNotice.closes_at > last.after, CallNotice.closes_at <= last.until
        )
        wanted = wanted.where(notified, ~covered)
    return _some(wanted, only)


def to_renew(at: datetime, *, only: Iterable[int] | None = None) -> list[Subscription]:
    """Subscriptions that end within a month and were not asked to be renewed."""
    ending = Subscription.renewed_at <= to_renew_before(at)
    wanted = select(Subscription).where(ending, Subscription.renewal_asked_at.is_(None))
    return _some(wanted.order_by(Subscription.renewed_at), only)


def not_renewed(before: datetime, *, only: Iterable[int] | None = None) -> list[Subscription]:
    """Subscriptions that were last renewed before this moment."""
    wanted = select(Subscription).where(Subscription.renewed_at <= before)
    return _some(wanted.order_by(Subscription.renewed_at), only)


def newsletter_addresses(at: datetime) -> list[Address]:
    """The newsletter's list: subscriptions with that topic, and consents of application forms; each address once.

    Only confirmed addresses; a subscription goes before a consent, as its language is the last that was chosen.
    """
    found = {
        one.email: Address(one.email, one.language, one.given_at, one.ends_at, one.version)
        for one in consents.newsletter_consents(at)
    }
    found |= {one.email: one for one in _addresses(SubscriptionTopic.topic == NEWSLETTER)}
    return sorted(found.values(), key=lambda one: one.email)


def call_addresses() -> list[Address]:
    """Who hears of calls, with their topics; each address once."""
    found: dict[str, Address] = {}
    for one in _addresses(SubscriptionTopic.topic != NEWSLETTER):
        before = found.get(one.email)
        topic = one.topics.removeprefix(OF_A_PROGRAMME)
        found[one.email] = Address(
            one.email,
            one.language,
            min(one.since, before.since) if before else one.since,
            one.ends_at,
            one.version,
            f"{before.topics} {topic}" if before else topic,
        )
    return list(found.values())


def counts() -> dict[tuple[str, str], int]:
    """How many confirmed subscriptions have this topic, per (topic, language)."""
    wanted = (
        select(SubscriptionTopic.topic, Subscription.language, func.count())
        .join(Subscription, Subscription.id == SubscriptionTopic.subscription_id)
        .group_by(SubscriptionTopic.topic, Subscription.language)
    )
    return {(topic, language): count for topic, language, count in db.session.execute(wanted)}


def how_many() -> tuple[int, int]:
    """(confirmed subscriptions, requests that wait to be confirmed)."""
    confirmed = select(func.count()).select_from(Subscription).scalar_subquery()
    asked = select(func.count()).where(SubscriptionRequest.confirmed_at.is_(None)).scalar_subquery()
    row = db.session.execute(select(confirmed, asked)).one()
    return row[0], row[1]


def _hears_of(call: Call) -> ColumnElement[bool]:
    return exists().where(
        SubscriptionTopic.subscription_id == Subscription.id,
        SubscriptionTopic.topic.in_(topics_about(call.programme.key)),
    )


def _some(wanted: Select[Subscription], only: Iterable[int] | None) -> list[Subscription]:
    if only is not None:
        wanted = wanted.where(Subscription.id.in_(list(only)))
    return list(db.session.scalars(wanted.order_by(Subscription.id).limit(MOST_AT_ONCE)))


def _addresses(of_topic: ColumnElement[bool]) -> list[Address]:
    wanted = (
        select(
            *(Subscription.email, Subscription.language, SubscriptionTopic.since, Subscription.renewed_at),
            *(SubscriptionTopic.version, SubscriptionTopic.topic),
        )
        .join(SubscriptionTopic, SubscriptionTopic.subscription_id == Subscription.id)
        .where(of_topic)
        .order_by(Subscription.email, SubscriptionTopic.topic)
    )
    return [
        Address(email, language, since, ends_at(renewed_at), version, topic)
        for email, language, since, renewed_at, version, topic in db.session.execute(wanted)
    ]
