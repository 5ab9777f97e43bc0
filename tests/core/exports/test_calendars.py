"""Calendar files as programs read them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event, Timezone

from app.core import clock
from app.core.exports import calendars
from app.core.exports.calendars import Entry, Reminder
from app.core.exports.stable_ids import stable_uuid

LONG = "Een avond over coöperaties; met vragen, antwoorden\nen een glas.\n" * 6


def an_entry(**values: object) -> Entry:
    given: dict[str, object] = {
        "kind": "event",
        "key": "seeds-info",
        "starts_at": datetime(2027, 2, 8, 17, 30, tzinfo=UTC),
        "ends_at": datetime(2027, 2, 8, 19, 30, tzinfo=UTC),
        "summary": "Infosessie",
        "description": "Alles over Seeds.",
        "place": "Coenraetsstraat 72, 1060 Sint-Gillis",
        "url": "https://coopcity.example/nl/agenda/infosessie",
        "revised_at": datetime(2027, 2, 1, 10, tzinfo=UTC),
    }
    return Entry(**(given | values))  # type: ignore[arg-type]


def as_bytes(*entries: Entry) -> bytes:
    address = "https://coopcity.example/nl/agenda.ics"
    return calendars.calendar(entries, name="Agenda", language="nl-BE", url=address).get_data()


def read_back(*entries: Entry) -> Calendar:
    return Calendar.from_ical(as_bytes(*entries))


def the_event(*entries: Entry) -> Event:
    return read_back(*entries).events[0]


def test_an_entry_comes_back_as_it_was() -> None:
    found = the_event(an_entry())

    assert found.start == clock.in_brussels(datetime(2027, 2, 8, 17, 30, tzinfo=UTC))
    assert found.start.tzinfo.key == "Europe/Brussels"  # type: ignore[union-attr]
    assert found.end - found.start == timedelta(hours=2)
    assert found["SUMMARY"] == "Infosessie"
    assert found["SUMMARY"].params["LANGUAGE"] == "nl-BE"
    assert found["LOCATION"] == "Coenraetsstraat 72, 1060 Sint-Gillis"
    assert found["URL"] == "https://coopcity.example/nl/agenda/infosessie"
    assert found["TRANSP"] == "OPAQUE"


def test_long_lines_are_folded_and_marks_escaped() -> None:
    written = as_bytes(an_entry(description=LONG))

    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert Calendar.from_ical(written).events[0]["DESCRIPTION"] == LONG


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=300))
def test_whatever_is_written_comes_back_and_adds_no_line(words: str) -> None:
    found = the_event(an_entry(summary=f"x{words}", description="x\nBEGIN:VALARM"))

    assert str(found["SUMMARY"]) == f"x{words}"
    assert found.alarms.times == []


def test_a_moment_has_no_end_and_keeps_nobody_busy() -> None:
    found = the_event(an_entry(ends_at=None))

    assert "DTEND" not in found
    assert found["TRANSP"] == "TRANSPARENT"


def test_reminders_are_alarms_before_the_entry() -> None:
    reminders = (Reminder(timedelta(days=7), "Nog een week"), Reminder(timedelta(hours=2), "Nog twee uur"))

    alarms = the_event(an_entry(reminders=reminders)).walk("VALARM")

    assert [(alarm["TRIGGER"].dt, str(alarm["DESCRIPTION"]), alarm["ACTION"]) for alarm in alarms] == [
        (-timedelta(days=7), "Nog een week", "DISPLAY"),
        (-timedelta(hours=2), "Nog twee uur", "DISPLAY"),
    ]


def test_the_uid_belongs_to_the_thing_and_the_sequence_grows_with_each_change() -> None:
    before = an_entry()
    later = before.revised_at + timedelta(seconds=1)
    earlier_day = an_entry(starts_at=before.starts_at - timedelta(days=9), revised_at=later, summary="Autre chose")

    assert the_event(earlier_day)["UID"] == the_event(before)["UID"] == str(stable_uuid("event", "seeds-info"))
    assert the_event(earlier_day)["SEQUENCE"] > the_event(before)["SEQUENCE"]
    assert the_event(earlier_day)["LAST-MODIFIED"].dt == later
    assert the_event(an_entry(kind="call"))["UID"] != the_event(before)["UID"]


def test_what_is_cancelled_stays_in_the_file_and_says_so() -> None:
    planned, cancelled = the_event(an_entry()), the_event(an_entry(is_cancelled=True))

    assert ("STATUS" in planned, str(cancelled["STATUS"])) == (False, "CANCELLED")
    assert (str(planned["TRANSP"]), str(cancelled["TRANSP"])) == ("OPAQUE", "TRANSPARENT")
    assert cancelled["UID"] == planned["UID"]


def test_the_file_says_how_often_to_look_again() -> None:
    written = as_bytes(an_entry())

    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in written
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in written
    assert as_bytes(an_entry()) == written


def test_an_empty_calendar_is_valid() -> None:
    found = read_back()

    assert found.events == []
    assert [zone["TZID"] for zone in found.timezones] == ["Europe/Brussels"]


def test_the_zone_in_the_file_is_brussels_time(app: Flask) -> None:
    zone: Timezone = read_back().timezones[0]
    read_zone = zone.to_tz(lookup_tzid=False)

    for year in range(2016, 2038):
        for month, day in ((1, 1), (3, 20), (3, 31), (4, 1), (7, 1), (10, 20), (11, 1), (12, 31)):
            noon = datetime(year, month, day, 12)  # noqa: DTZ001 - a clock on the wall
            assert noon.replace(tzinfo=read_zone).utcoffset() == noon.replace(tzinfo=clock.BRUSSELS).utcoffset()


@pytest.mark.parametrize(
    ("at", "wall"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "20270328T015900"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "20270328T030000"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "20271031T023000"),
        (datetime(2027, 10, 31, 2, 30, tzinfo=UTC), "20271031T033000"),
    ],
)
def test_entries_stand_on_the_clock_of_their_day(at: datetime, wall: str) -> None:
    written = as_bytes(an_entry(starts_at=at, ends_at=None))

    assert f"DTSTART;TZID=Europe/Brussels:{wall}\r\n".encode() in written
    assert Calendar.from_ical(written).events[0].start.astimezone(UTC) == at
