"""Topics, periods, and which e-mail about a call is due."""

import enum
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.text.periods import Period
from app.programmes.rules.calls import is_open

KEPT = Period(24)  # after the address was confirmed or the subscription renewed
ASKED_BEFORE = Period(1)  # the end: the e-mail that asks to renew
UNCONFIRMED = Period(7, "days")
ASKS_PER_ADDRESS = "5 per day"  # of confirmation e-mails

NEWSLETTER, ALL_CALLS = "newsletter", "calls"
OF_A_PROGRAMME = f"{ALL_CALLS}:"
VERSION = "2026-12"  # of the words beside the boxes; stored with each topic as proof of the consent
ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")
A_WEEK = timedelta(days=7)


class Notice(enum.StrEnum):
    """An e-mail about a call."""

    OPENED = "opened"
    CLOSING = "closing"


@dataclass(frozen=True)
class Notified:
    """What a subscriber heard about a call, by e-mail or on our pages: its closing time, and when we said so."""

    closes_at: datetime | None
    at: datetime


@dataclass(frozen=True)
class Reminder:
    """The e-mail of the last week. It is not due for who heard since `since` of a closing time that still helps:
    later than `after`, and not later than `until`, the real one.
    """

    since: datetime
    after: datetime
    until: datetime

    def is_covered_by(self, notified: Notified) -> bool:
        """True when this person knows enough."""
        return (
            notified.closes_at is not None
            and notified.at >= self.since
            and self.after < notified.closes_at <= self.until
        )


def calls_of(programme_key: str) -> str:
    """The topic of the calls of one programme."""
    return f"{OF_A_PROGRAMME}{programme_key}"


def topics_about(programme_key: str) -> tuple[str, str]:
    """The topics of those who hear of a call of this programme."""
    return ALL_CALLS, calls_of(programme_key)


def simplified(topics: Collection[str]) -> list[str]:
    """The topics in a fixed order; all calls include those of each programme."""
    kept = {one for one in topics if not (ALL_CALLS in topics and one.startswith(OF_A_PROGRAMME))}
    return sorted(kept)


def reminder(closes_at: datetime | None, at: datetime) -> Reminder | None:
    """The reminder of a call that closes at this time, or None outside its last week.

    Who heard of it in the week before that, or within the last week, gets no other e-mail: a call of ten days has one.
    Who heard of a later closing time gets one at once, as when a call closes earlier than announced. Who heard of an
    earlier one gets another only when the call stays open for a week or more after it.
    """
    if closes_at is None or not closes_at - A_WEEK <= at < closes_at:
        return None
    return Reminder(since=closes_at - 2 * A_WEEK, after=closes_at - A_WEEK, until=closes_at)


def due(opens_at: datetime, closes_at: datetime | None, notified: Iterable[Notified], at: datetime) -> Notice | None:
    """The e-mail that is due about a call for a subscriber who was notified of this before.

    The first e-mail goes out once the call is open, also when the worker was down at its opening; none about a call
    that has closed.
    """
    known = list(notified)
    if not is_open(opens_at, closes_at, at):
        return None
    if not known:
        return Notice.OPENED
    last = reminder(closes_at, at)
    return Notice.CLOSING if last and not any(last.is_covered_by(one) for one in known) else None


def is_waiting(asked_at: datetime, confirmed_at: datetime | None, at: datetime) -> bool:
    """True while a request can be confirmed."""
    return confirmed_at is None and at < UNCONFIRMED.after(asked_at)


def ends_at(renewed_at: datetime) -> datetime:
    """When a subscription is forgotten, unless it is renewed."""
    return KEPT.after(renewed_at)


def to_renew_before(at: datetime) -> datetime:
    """Subscriptions renewed before this moment end within a month."""
    return KEPT.before(ASKED_BEFORE.after(at))
