"""Rules for interviews: series of slots, who may choose, and reminders."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State
from app.core import clock
from app.core.i18n.bilingual import LOCALES

NOTICE_HOURS = 24  # default notice for changes by applicants; a call may set more
SHORTEST_NOTICE, LONGEST_NOTICE = 1, 14 * 24
REMINDED_BEFORE = timedelta(days=3)
CHOOSE_AGAIN = timedelta(days=3)  # at least this long to choose again after the team cancelled
MOST_SLOTS = 200
SHORTEST, LONGEST, LONGEST_PAUSE = 5, 480, 480
# States that may be invited, and states in which an interview can still take place.
INVITABLE = (State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW)
# States before any interview, and states whose own letter says that a planned interview is cancelled.
EARLIER = frozenset({State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE})
SAID_BY_LETTER = frozenset({State.DECLINED, State.WITHDRAWN})
HELD_IN = {
    "": _l("in Dutch or French"),
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
}


def may_be_invited(state: str, *, is_invited: bool, has_slot: bool) -> bool:
    """For the first time, or again: the file left the interviews before its interview took place, and came back."""
    came_back = state != State.INTERVIEW and not has_slot
    return state in INVITABLE and (not is_invited or came_back)


def series(
    first: date, last: date, *, begins: time, ends: time, length: int, pause: int
) -> list[tuple[datetime, datetime]]:
    """The slots of one day, or of each working day until `last`, between two times in Brussels.

    Times are local to each day, so they stay the same when summer time starts; within a day minutes are real, so a slot
    is never longer in the night of the change. At most a hundred days.
    """
    found: list[tuple[datetime, datetime]] = []
    for day in _days(first, last):
        at, end = (clock.brussels(day, hour.hour, hour.minute) for hour in (begins, ends))
        while at + timedelta(minutes=length) <= end and len(found) <= MOST_SLOTS:
            found.append((at, at + timedelta(minutes=length)))
            at += timedelta(minutes=length + pause)
    return found


def _days(first: date, last: date) -> Iterable[date]:
    """The first day, whatever it is, then working days."""
    yield first
    for number in range(1, min((last - first).days, 100) + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def fits(slot_language: str, language: str) -> bool:
    """True when an interview in this language can use a slot of that language. An empty one fits all."""
    return slot_language in ("", language)


def may_choose(starts_at: datetime, at: datetime, notice: timedelta) -> bool:
    """True when the applicant may take or release this slot themselves."""
    return starts_at - at >= notice


def is_open(state: str, choose_by: date, today: date) -> bool:
    """True while an invited applicant may choose a first slot."""
    return state == State.INTERVIEW and today <= choose_by


def may_plan(before: str) -> bool:
    """True when an application that leaves this state can have an interview ahead."""
    return before not in EARLIER


def is_released(to: str, starts_at: datetime, at: datetime) -> bool:
    """True when an application that reaches this state loses its interview.

    Interviews belong to one state: any other cancels what is still to come. An interview that has begun stays.
    """
    return to != State.INTERVIEW and starts_at > at


def has_own_letter(to: str) -> bool:
    """True when the letter about this state says that the interview is cancelled; otherwise another one does."""
    return to in SAID_BY_LETTER


def may_call_off(state: str, starts_at: datetime, at: datetime) -> bool:
    """True when the team may cancel: whatever is still to come, and in the state of interviews also a missed one."""
    return state == State.INTERVIEW or starts_at > at


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """True when two slots overlap."""
    return one[0] < other[1] and other[0] < one[1]


def needs(languages: Iterable[str]) -> dict[str, int]:
    """The number of applications per language."""
    listed = list(languages)
    return {language: listed.count(language) for language in LOCALES if language in listed}


def too_few(waiting: Iterable[str], free: Iterable[str]) -> bool:
    """True when there are fewer free slots than applicants who still choose. Bilingual slots fill the gap of either
    language.
    """
    need, there = needs(waiting), list(free)
    short = sum(max(0, count - there.count(language)) for language, count in need.items())
    return short > there.count("")
