"""Calendar files of interviews: they follow a move, say what is off, and keep the hours of Brussels."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from app.applications.actions import handing_in
from app.core import clock as the_clock
from app.core.db.base import db
from app.interviews.actions import choosing
from app.interviews.actions import slots as slots_actions
from app.interviews.actions.common import Table, choosing_address
from app.interviews.models import CalledOff, Slot
from app.interviews.queries import slots as slots_queries
from tests.builders import a_call, both
from tests.conftest import Clock
from tests.interviews.scene import a_file, entries, invited, met
from tests.pages import assert_budget
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, DAAN, ELS, SignedIn, known
from tests.selection import a_conflict

MINE, TABLES = "interviews_applicant.calendar", "interviews_reviewer.calendar"


def move(slot: Slot, at: Clock, *people: int, hours: float = 0) -> None:
    """Els gives this slot another hour, and this table."""
    slots_actions.change_slot(
        slot,
        starts_at=slot.starts_at + timedelta(hours=hours),
        ends_at=slot.ends_at + timedelta(hours=hours),
        table=Table(both("Zaal 1", "Salle 1"), "", "", list(people)),
        url_of=choosing_address,
        by=known(ELS),
        at=at(),
    )


def act(name: str, interview: Any, file: Any, at: Clock) -> None:
    if name == "withdraw":
        handing_in.withdraw(file, by=file.person, at=at())
        return
    why = {"reason": "De zaal is bezet."} if name == "free" else {}
    getattr(choosing, name)(interview, file, url_of=choosing_address, by=known(ELS), at=at(), **why)


@pytest.mark.parametrize(("lang", "words"), [("nl", "Gesprek over"), ("fr", "Entretien sur")])
def test_an_appointment_in_the_language_of_the_page(bruno: SignedIn, lang: str, words: str) -> None:
    file, _interview, slot = met(who=bruno, link="https://praten.example/kamer")

    page = bruno.get(MINE, key=file.key, lang=lang)

    (event,) = entries(page)
    assert words in event["SUMMARY"]
    assert file.title in event["SUMMARY"]
    assert event["SUMMARY"].params["LANGUAGE"] == f"{lang}-BE"
    assert (event.start, event.end) == (slot.starts_at, slot.ends_at)
    assert event["LOCATION"] == slot.place[lang]
    assert event["DESCRIPTION"] == "https://praten.example/kamer"
    assert event["URL"].endswith(bruno.address("interviews_applicant.choose", key=file.key, lang=lang))
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=1)]
    assert "STATUS" not in event
    assert_budget(page, 3)


def test_a_move_keeps_the_uid_and_raises_the_sequence(bruno: SignedIn, clock: Clock) -> None:
    file, interview, slot = met(who=bruno)
    other = a_slot(file.call, hour=9)
    found = [entries(bruno.get(MINE, key=file.key))[0]]
    clock.forward(minutes=1)
    move(slot, clock, hours=-2)
    found += entries(bruno.get(MINE, key=file.key))
    clock.forward(minutes=1)
    choosing.move_to(interview, file, other.key, url_of=choosing_address, by=known(ELS), at=clock())
    found += entries(bruno.get(MINE, key=file.key))
    clock.forward(minutes=1)
    bruno.get("interviews_applicant.choose", key=file.key).submit("Kies dit moment", slot=slot.key)
    found += entries(bruno.get(MINE, key=file.key))

    first = found[0]["SEQUENCE"]
    assert {str(event["UID"]) for event in found} == {str(found[0]["UID"])}
    assert [event["SEQUENCE"] - first for event in found] == [0, 60, 120, 180]
    assert [the_clock.in_brussels(event.start).hour for event in found] == [14, 12, 9, 12]


@pytest.mark.parametrize("how", ["cancel", "free", "withdraw"])
def test_what_is_off_is_cancelled_in_the_calendar_and_comes_back_with_another_choice(
    bruno: SignedIn, clock: Clock, how: str
) -> None:
    file, interview, slot = met(who=bruno)
    before = entries(bruno.get(MINE, key=file.key))[0]
    clock.forward(minutes=5)
    act(how, interview, file, clock)

    (off,) = entries(bruno.get(MINE, key=file.key))

    assert (str(off["STATUS"]), str(off["TRANSP"])) == ("CANCELLED", "TRANSPARENT")
    assert (off["UID"], off["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 300)
    assert (off.start, off.end, off.walk("VALARM")) == (slot.starts_at, slot.ends_at, [])
    assert off["SUMMARY"] == f"Coopcity: Geannuleerd: gesprek over {file.title}"
    if how == "withdraw":
        return
    clock.forward(minutes=5)
    choosing.choose(interview, file, slot.key, url_of=choosing_address, by=bruno.person, at=clock())
    (again,) = entries(bruno.get(MINE, key=file.key))
    assert ("STATUS" in again, again["SEQUENCE"]) == (False, before["SEQUENCE"] + 600)
    assert db.session.scalars(select(CalledOff)).all() == []


def test_the_hours_of_brussels_before_and_after_summer_time_begins(bruno: SignedIn, chloe: SignedIn) -> None:
    call = a_call()
    days = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)]
    for day in days:
        a_slot(call, people=(chloe.person,), starts_at=the_clock.brussels(day, 9))
    file, interview = invited(call, who=bruno)
    slots_queries.free_for(file, call.opens_at)[1].interview_id = interview.id

    mine, theirs = bruno.get(MINE, key=file.key), chloe.get(TABLES)

    assert [entry.start.astimezone(UTC).hour for entry in entries(theirs)] == [8, 7, 7, 8]
    assert [f"{entry.start:%d %H:%M}" for entry in entries(theirs)] == [f"{day:%d} 09:00" for day in days]
    assert entries(mine)[0].start.astimezone(UTC) == datetime(2027, 3, 28, 7, tzinfo=UTC)
    assert b"DTSTART;TZID=Europe/Brussels:20270328T090000\r\n" in mine.data
    assert [str(zone["TZID"]) for zone in Calendar.from_ical(mine.data).walk("VTIMEZONE")] == ["Europe/Brussels"]


def test_whoever_never_chose_has_an_empty_calendar_and_whoever_is_not_invited_none(
    bruno: SignedIn, amina: SignedIn
) -> None:
    invited_one, _interview = invited(who=bruno)
    other = a_file(who=bruno)

    assert entries(bruno.get(MINE, key=invited_one.key)) == []
    bruno.get(MINE, key=other.key, status=404)
    amina.get(MINE, key=invited_one.key, status=404)


def by_key(found: list[Event], slot: Slot) -> Event:
    """The entry of this slot."""
    return next(one for one in found if one.start.astimezone(UTC) == slot.starts_at)


def test_whoever_leaves_a_table_or_loses_it_sees_it_cancelled(chloe: SignedIn, clock: Clock) -> None:
    call, daan = a_call(), known(DAAN)
    kept, left, gone = (a_slot(call, hour=hour, people=(chloe.person,)) for hour in (9, 10, 11))
    before = entries(chloe.get(TABLES))
    clock.forward(minutes=5)
    move(left, clock, daan.id)
    slots_actions.remove_slot(gone, by=known(ELS), at=clock())

    found = entries(chloe.get(TABLES))

    status = [str(by_key(found, slot).get("STATUS", "")) for slot in (kept, left, gone)]
    assert (len(before), status) == (3, ["", "CANCELLED", "CANCELLED"])
    assert by_key(found, gone)["UID"] == by_key(before, gone)["UID"]
    assert by_key(found, gone)["SEQUENCE"] == by_key(before, gone)["SEQUENCE"] + 300
    clock.forward(minutes=5)
    move(left, clock, chloe.person_id)
    assert "STATUS" not in by_key(entries(chloe.get(TABLES)), left)
    clock.forward(days=11)
    assert entries(SignedIn(chloe.app, chloe.person).get(TABLES)) == []


def test_a_reader_in_conflict_finds_the_hour_and_nothing_of_the_file(chloe: SignedIn) -> None:
    file, _interview, _slot = met(people=(chloe.person,))
    assert str(file.reference) in entries(chloe.get(TABLES))[0]["SUMMARY"]

    a_conflict(file, chloe.person)

    page = chloe.get(TABLES)
    assert len(entries(page)) == 1
    assert (str(file.reference) in page.html, file.title in page.html) == (False, False)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_calendar_of_a_reader_takes_as_few_statements_for_many(app: Any, clock: Clock, count: int) -> None:
    chloe, call = SignedIn(app, known(CHLOE)), a_call()
    for number in range(count):
        starts_at = clock() + timedelta(days=10, hours=number)
        interview = an_interview(a_file(call)) if number < 3 else None
        a_slot(call, interview, people=(chloe.person,), starts_at=starts_at)

    page = chloe.get(TABLES)

    assert len(entries(page)) == count
    assert_budget(page, 4)
