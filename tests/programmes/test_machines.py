"""Calls as calendar programs and feed readers get them."""

from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from app.core.clock import brussels
from app.core.db.base import db
from tests.builders import a_call, a_programme, a_version, both
from tests.pages import Page, PageClient, assert_budget

DAY = date(2027, 2, 22)


def deadlines(client: PageClient, lang: str = "nl") -> list[Any]:
    page = client.get_path(
        {"nl": "/nl/programmas/seeds-nl/oproep.ics", "fr": "/fr/programmes/seeds-fr/appel.ics"}[lang]
    )
    return Calendar.from_ical(page.data).events


def feed(page: Page) -> Any:
    found = feedparser.parse(page.data, response_headers={"content-type": page.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_deadline_has_three_reminders_in_the_reader_s_language(client: PageClient) -> None:
    a_call(closes_at=brussels(DAY, 12))

    (dutch,), (french,) = deadlines(client), deadlines(client, "fr")

    assert dutch.start == brussels(DAY, 12)
    assert "DTEND" not in dutch
    assert str(french["SUMMARY"]) == "Dernier moment pour poser sa candidature à Seeds"
    assert [(alarm["TRIGGER"].dt, str(alarm["DESCRIPTION"])) for alarm in dutch.walk("VALARM")] == [
        (-timedelta(days=7), "De oproep Seeds sluit over een week"),
        (-timedelta(days=1), "De oproep Seeds sluit morgen"),
        (-timedelta(hours=2), "De oproep Seeds sluit over twee uur"),
    ]
    assert str(dutch["URL"]) == f"{client.base_url}/nl/programmas/seeds-nl"
    assert dutch["UID"] == french["UID"]


def test_a_deadline_that_moves_replaces_the_one_that_people_have(client: PageClient, clock: Any) -> None:
    call = a_call(closes_at=brussels(DAY, 12))
    (before,) = deadlines(client)

    clock.forward(hours=1)
    call.closes_at = brussels(DAY - timedelta(days=3), 12)
    db.session.commit()
    (after,) = deadlines(client)

    assert (after["UID"], after.start) == (before["UID"], brussels(DAY - timedelta(days=3), 12))
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_without_a_deadline_the_calendar_is_empty_and_not_offered(client: PageClient) -> None:
    a_call(rolling=True)
    a_programme("inspire")

    assert deadlines(client) == []
    assert client.get_path("/nl/programmas/inspire-nl/oproep.ics").status == 200
    assert "Deadline toevoegen" not in client.get("programmes_public.programme", slug="seeds-nl").text
    client.get_path("/nl/programmas/seeds-fr/oproep.ics", status=404)


def test_the_programme_offers_its_deadline_while_it_is_ahead(client: PageClient, clock: Any) -> None:
    a_call(closes_at=brussels(DAY, 12))

    page = client.get("programmes_public.programme", slug="seeds-nl")
    assert page.click("Deadline toevoegen aan mijn agenda").path == "/nl/programmas/seeds-nl/oproep.ics"

    clock.set(brussels(DAY, 12))
    assert "Deadline toevoegen" not in client.get("programmes_public.programme", slug="seeds-nl").text


def test_the_feed_of_calls_says_when_each_opens_and_closes(client: PageClient) -> None:
    version = a_version()
    a_call(
        opens_at=brussels(date(2027, 1, 11), 9), closes_at=brussels(DAY, 12), title=both("Seeds 2027"), version=version
    )
    a_call(a_programme("peps"), rolling=True, version=version)
    a_programme("inspire")

    dutch, french = (feed(client.get("programmes_public.calls_feed", lang=lang)) for lang in ("nl", "fr"))

    entry = next(one for one in dutch.entries if one.title == "Seeds 2027")
    assert len(dutch.entries) == 2
    assert "Vanaf maandag 11\u00a0januari 2027 om 9.00\u00a0uur" in entry.summary
    assert "Tot maandag 22\u00a0februari 2027 om 12.00\u00a0uur" in entry.content[0].value
    assert entry.link == f"{client.base_url}/nl/programmas/seeds-nl"
    assert (dutch.feed.title, french.feed.title) == ("Oproepen", "Appels")
    assert dutch.feed.language == "nl-BE"


def test_an_entry_of_a_call_changes_when_the_call_does_and_only_then(client: PageClient, clock: Any) -> None:
    call = a_call(closes_at=brussels(DAY, 12))
    (before,) = feed(client.get("programmes_public.calls_feed")).entries

    clock.forward(days=4)
    (later,) = feed(client.get("programmes_public.calls_feed")).entries
    call.closes_at = brussels(DAY, 16)
    db.session.commit()
    (changed,) = feed(client.get("programmes_public.calls_feed")).entries

    assert later == before
    assert changed.id == before.id
    assert changed.updated > before.updated


@pytest.mark.parametrize("count", [1, 3])
def test_feed_and_calendar_take_one_statement(client: PageClient, count: int) -> None:
    version = a_version()
    for number in range(count):
        a_call(a_programme(f"programme-{number}"), version=version)

    assert_budget(client.get("programmes_public.calls_feed"), 1)
    assert_budget(client.get("programmes_public.deadline", slug="programme-0-nl"), 1)
