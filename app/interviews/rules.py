"""When an interview can be: a day cut into slots, who may still choose, and when somebody is reminded."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State
from app.core import clock
from app.core.i18n.bilingual import LOCALES

NOTICE_HOURS = 24  # until then before a slot, applicants choose, change and cancel by themselves; a call may say more
SHORTEST_NOTICE, LONGEST_NOTICE = 1, 14 * 24
REMINDED_BEFORE = timedelta(days=3)
CHOOSE_AGAIN = timedelta(days=3)  # at least, for whom the team took a moment back
MOST_SLOTS = 200
SHORTEST, LONGEST, LONGEST_PAUSE = 5, 480, 480
# Files that may be invited, and those for which somebody is still at the door.
INVITABLE = (State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW)
HELD_IN = {
    "": _l("in Dutch or French"),
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
}


def series(
    first: date, last: date, *, begins: time, ends: time, length: int, pause: int
) -> list[tuple[datetime, datetime]]:
    """The slots of one day, or of each working day until `last`, between two hours on the clocks of Brussels.

    The hours are those of each day itself, so that they stay the same when summer time begins; within a day minutes
    pass as they do, so that no slot is longer on the night of the change. Never more than a hundred days.
    """
    found: list[tuple[datetime, datetime]] = []
    for day in _days(first, last):
        at, end = (clock.brussels(day, hour.hour, hour.minute) for hour in (begins, ends))
        while at + timedelta(minutes=length) <= end and len(found) <= MOST_SLOTS:
            found.append((at, at + timedelta(minutes=length)))
            at += timedelta(minutes=length + pause)
    return found


def _days(first: date, last: date) -> Iterable[date]:
    """The first day whatever it is, then working days."""
    yield first
    for number in range(1, min((last - first).days, 100) + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def fits(slot_language: str, language: str) -> bool:
    """Can an interview in this language be held in a slot of that language? An empty one takes each."""
    return slot_language in ("", language)


def may_choose(starts_at: datetime, at: datetime, notice: timedelta) -> bool:
    """May an applicant take this slot, or leave it, by themselves?"""
    return starts_at - at >= notice


def is_open(state: str, choose_by: date, today: date) -> bool:
    """May somebody who was invited still choose a first slot?"""
    return state == State.INTERVIEW and today <= choose_by


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Do two slots need the same minutes?"""
    return one[0] < other[1] and other[0] < one[1]


def needs(languages: Iterable[str]) -> dict[str, int]:
    """How many of these files are in each language."""
    listed = list(languages)
    return {language: listed.count(language) for language in LOCALES if language in listed}


def too_few(waiting: Iterable[str], free: Iterable[str]) -> bool:
    """Are there fewer free slots than people who still choose? Slots for each language go to whoever is short."""
    need, there = needs(waiting), list(free)
    short = sum(max(0, count - there.count(language)) for language, count in need.items())
    return short > there.count("")
