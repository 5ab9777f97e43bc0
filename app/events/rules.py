"""Languages, places, filters and reminders of events."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import LOCALES

BOTH = "both"
SPOKEN = {
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
    BOTH: _l("in Dutch and French"),
}
REMINDED_BEFORE = timedelta(hours=24)


class RegistrationStatus(enum.StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


REGISTRATION_STATUSES = {
    RegistrationStatus.CONFIRMED: _l("Has a place"),
    RegistrationStatus.WAITING: _l("On the waiting list"),
    RegistrationStatus.CANCELLED: _l("Cancelled"),
}


# What people can tick when they need something to take part.
NEEDS = {
    "wheelchair": _l("Access without steps, for example with a wheelchair"),
    "sign_vgt": _l("An interpreter of Flemish Sign Language (VGT)"),
    "sign_lsfb": _l("An interpreter of French Belgian Sign Language (LSFB)"),
    "plain": _l("Explanation in easy language"),
    "front": _l("A place at the front, to see or hear well"),
    "companion": _l("A place for an assistant or an assistance dog"),
}


@dataclass(frozen=True)
class Needs:
    """What somebody needs to take part: ticked codes and own words. Empty is false."""

    kinds: tuple[str, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.kinds or self.words)


def tally(kinds: Iterable[str]) -> dict[str, int]:
    """How often each kind is needed, in the order of the list; one entry holds the codes of one person."""
    ticked = [code for one in kinds for code in one.split()]
    return {code: ticked.count(code) for code in NEEDS if code in ticked}


def tongues(language: str) -> tuple[str, ...]:
    """The languages spoken there."""
    return LOCALES if language == BOTH else (language,)


def takes_registrations(starts_at: datetime, at: datetime) -> bool:
    """True until the event starts."""
    return at < starts_at


def needs_reminder(starts_at: datetime, confirmed_at: datetime) -> bool:
    """False for registrations of the last day: their letter is recent."""
    return starts_at - confirmed_at > REMINDED_BEFORE


@dataclass(frozen=True)
class Occupancy:
    """The places of an event at one moment, the same for the list, the page, the team and the API."""

    places: int
    confirmed: int
    waiting: int
    is_open: bool

    @property
    def left(self) -> int:
        """Free places; none while people are waiting."""
        return 0 if self.waiting else max(0, self.places - self.confirmed)

    @property
    def registration(self) -> str:
        """open, waiting_list, or closed once the event has begun."""
        if not self.is_open:
            return "closed"
        return "open" if self.left else "waiting_list"


def occupancy(places: int, taken: Mapping[str, int], *, starts_at: datetime, at: datetime) -> Occupancy:
    """The places of an event with these counts of registrations."""
    confirmed, waiting = (taken.get(one, 0) for one in (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITING))
    return Occupancy(places, confirmed, waiting, takes_registrations(starts_at, at))


@dataclass(frozen=True)
class AgendaFilter:
    """What the agenda is filtered by; empty: everything."""

    language: str = ""
    programme: str = ""


@dataclass(frozen=True)
class Group:
    """How many upcoming events share a language (nl, fr or both) and a programme (its key, or none)."""

    language: str
    programme: str
    count: int


def how_many(groups: Iterable[Group], wanted: AgendaFilter) -> int:
    """How many events fit; one in both languages fits either."""
    return sum(
        one.count
        for one in groups
        if (not wanted.language or wanted.language in tongues(one.language))
        and (not wanted.programme or wanted.programme == one.programme)
    )


def useful(counts: Mapping[str, int], every: int, chosen: str) -> dict[str, int]:
    """The options of a filter that give something else than nothing, and the chosen one.

    None at all where no option would change the list: such a filter is not shown.
    """
    offered = {code: count for code, count in counts.items() if count or code == chosen}
    return offered if chosen or any(count != every for count in offered.values()) else {}
