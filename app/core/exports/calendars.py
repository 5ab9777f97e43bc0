"""iCalendar files (RFC 5545 and 7986) from plain values, with updates and cancellations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response
from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration
from icalendar.enums import STATUS, TRANSP

from app.core import clock
from app.core.exports.stable_ids import BEGINNING, stable_uuid

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
# The European Union's rule since 1996. The library would list single dates, and starts summer time an hour late.
SUMMER = (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, 1, 2)  # noqa: DTZ001 - on the clocks of before
WINTER = (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, 2, 1)  # noqa: DTZ001


@dataclass(frozen=True)
class Reminder:
    """An alarm before an entry, with its text."""

    before: timedelta
    words: str


@dataclass(frozen=True)
class Entry:
    """One calendar entry. Without an end it is a moment, such as a deadline, and blocks no time.

    `kind` and `key` identify it for ever. A cancelled entry stays in the file and says so, because calendar programs do
    not remove entries that are missing from a later file.
    """

    kind: str
    key: str
    starts_at: datetime
    ends_at: datetime | None
    summary: str
    description: str
    place: str
    url: str
    revised_at: datetime
    reminders: tuple[Reminder, ...] = ()
    is_cancelled: bool = False

    @property
    def uid(self) -> str:
        """The same in every file, language and year, so that a calendar program replaces its copy."""
        return str(stable_uuid(self.kind, self.key))

    @property
    def sequence(self) -> int:
        """Seconds until the last change: grows with every change, also when the date moves to an earlier day."""
        return int((self.revised_at - BEGINNING).total_seconds())


def calendar(entries: Sequence[Entry], *, name: str, language: str, url: str) -> Response:
    """The response. Without entries it is a valid empty calendar, which clears the copy of a subscriber."""
    made = Calendar.new(
        prodid="-//Coopcity//Coopcity//EN", name=name, language=language, url=url, uid=stable_uuid("calendar", url)
    )
    made.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(REFRESH))  # what Outlook reads instead
    made.add_component(_brussels())
    for entry in entries:
        made.add_component(_event(entry, language))
    answer = Response(made.to_ical())
    answer.headers["Content-Type"] = MEDIA_TYPE
    return answer


def _event(entry: Entry, language: str) -> Event:
    made = Event.new(
        uid=entry.uid,
        start=clock.in_brussels(entry.starts_at),
        end=clock.in_brussels(entry.ends_at) if entry.ends_at else None,
        url=entry.url,
        stamp=entry.revised_at,
        last_modified=entry.revised_at,
        sequence=entry.sequence,
        transparency=TRANSP.OPAQUE if entry.ends_at and not entry.is_cancelled else TRANSP.TRANSPARENT,
        status=STATUS.CANCELLED if entry.is_cancelled else None,
    )
    for name, words in (("SUMMARY", entry.summary), ("DESCRIPTION", entry.description), ("LOCATION", entry.place)):
        if words:
            made.add(name, words, parameters={"LANGUAGE": language})
    for reminder in entry.reminders:
        made.add_component(Alarm.new_display(description=reminder.words, trigger=-reminder.before))
    return made


def _brussels() -> Timezone:
    """The definition of Brussels time, so that a program need not know it."""
    zone = Timezone()
    zone.add("TZID", clock.BRUSSELS.key)
    for kind, name, first, month, before, after in (SUMMER, WINTER):
        half = kind()
        half.add("DTSTART", first)
        half.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        half.add("TZOFFSETFROM", timedelta(hours=before))
        half.add("TZOFFSETTO", timedelta(hours=after))
        half.add("TZNAME", name)
        zone.add_component(half)
    return zone
