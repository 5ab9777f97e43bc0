"""The agenda and one evening of it, for calendar programs."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from app.core.db.base import db
from tests.builders import an_event, both
from tests.pages import Page, PageClient, assert_budget


def read(page: Page) -> Calendar:
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(page.data)


def test_the_agenda_is_a_calendar_in_each_language(client: PageClient) -> None:
    an_event(both("Infosessie", "Séance d’info"), language="fr")

    dutch, french = (read(client.get("events_public.calendar", lang=lang)) for lang in ("nl", "fr"))

    assert (str(dutch["NAME"]), str(french["NAME"])) == ("Agenda van Coopcity", "Agenda de Coopcity")
    assert str(dutch.events[0]["SUMMARY"]) == "Infosessie"
    assert str(french.events[0]["SUMMARY"]) == "Séance d’info"
    assert str(french.events[0]["DESCRIPTION"]) == "Venez faire connaissance.\nen français"
    assert dutch.events[0]["UID"] == french.events[0]["UID"]
    assert str(french.events[0]["URL"]).startswith(f"{client.base_url}/fr/agenda/soiree-")


def test_the_agenda_holds_what_comes_and_what_was_lately(client: PageClient) -> None:
    an_event(both("Later"), in_days=90)
    an_event(both("Onlangs"), in_days=-30)
    an_event(both("Lang geleden"), in_days=-90)

    found = read(client.get("events_public.calendar"))

    assert [str(event["SUMMARY"]) for event in found.events] == ["Onlangs", "Later"]


def test_an_empty_agenda_is_a_valid_calendar(client: PageClient) -> None:
    assert read(client.get("events_public.calendar")).events == []


def test_an_evening_that_moves_keeps_its_uid_and_says_that_it_changed(client: PageClient, clock: object) -> None:
    evening = an_event()
    before = read(client.get("events_public.calendar_file", slug=evening.slug.nl)).events[0]

    clock.forward(minutes=5)  # type: ignore[attr-defined]
    evening.starts_at -= timedelta(days=2)
    evening.ends_at -= timedelta(days=2)
    db.session.commit()
    after = read(client.get("events_public.calendar_file", slug=evening.slug.nl)).events[0]

    assert after["UID"] == before["UID"]
    assert after.start == before.start - timedelta(days=2)
    assert after["SEQUENCE"] == before["SEQUENCE"] + 300
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_an_evening_is_the_same_alone_and_in_the_agenda(client: PageClient) -> None:
    evening = an_event()

    alone = read(client.get("events_public.calendar_file", slug=evening.slug.fr, lang="fr"))

    assert alone.events == read(client.get("events_public.calendar", lang="fr")).events


def test_there_is_no_file_of_an_unknown_evening(client: PageClient) -> None:
    an_event(slug=both("avond", "soiree"))

    client.get_path("/nl/agenda/soiree.ics", status=404)
    client.get_path("/fr/agenda/soiree.ics")
    client.get_path("/fr/agenda/.ics", status=404)


def test_pages_lead_to_their_calendars(client: PageClient) -> None:
    evening = an_event()

    agenda, page = (client.get("events_public.agenda"), client.get("events_public.event", slug=evening.slug.nl))

    assert f"webcal:{client.base_url.partition(':')[2]}/nl/agenda.ics" in agenda.links()
    read(page.click("Toevoegen aan mijn agenda"))


def test_an_evening_that_is_over_is_not_offered(client: PageClient) -> None:
    evening = an_event(in_days=-3)

    assert "Toevoegen aan mijn agenda" not in client.get("events_public.event", slug=evening.slug.nl).text


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_agenda_takes_one_statement(client: PageClient, count: int) -> None:
    for _number in range(count):
        an_event()

    assert_budget(client.get("events_public.calendar"), 1)
