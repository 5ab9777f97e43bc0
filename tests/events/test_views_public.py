"""The agenda and one evening of it."""

import pytest

from tests.builders import an_event, both
from tests.pages import PageClient, assert_budget


def test_agenda_without_events_says_so(client: PageClient) -> None:
    assert "Er is op dit moment niets gepland" in client.get("events_public.agenda").text
    assert "Rien n’est prévu" in client.get("events_public.agenda", lang="fr").text


def test_agenda_shows_coming_and_past_events_with_their_language(client: PageClient) -> None:
    an_event(both("Infosessie", "Séance"), language="fr")
    an_event(both("Vorige keer", "La dernière fois"), in_days=-3, language="nl")

    page = client.get("events_public.agenda")

    sections = [section.get_text(" ", strip=True) for section in page.main.select("section.agenda, section .wrap")]
    assert "Infosessie FR in het Frans" in sections[0]
    assert "Vorige keer NL in het Nederlands" in sections[1]


def test_event_shows_day_hours_place_and_language(client: PageClient) -> None:
    evening = an_event(both("Infosessie", "Séance"))

    page = client.get("events_public.event", slug=evening.slug.nl)

    assert page.main.select_one(".calendar-day").get_text(" ") == "maandag 8 februari 2027"  # type: ignore[union-attr]
    assert "van 11.00 tot 13.00\u00a0uur" in page.text
    assert "Coenraetsstraat 72, 1060 Sint-Gillis" in page.text
    assert "in het Nederlands en het Frans" in page.text


def test_event_has_its_twin_in_the_other_language(client: PageClient) -> None:
    evening = an_event(both("Infosessie", "Séance"))

    page = client.get("events_public.event", slug=evening.slug.nl).click("Séance")

    assert page.path == f"/fr/agenda/{evening.slug.fr}"
    assert "de 11\u00a0h à 13\u00a0h" in page.text


def test_first_day_of_the_month_is_written_as_each_language_does(client: PageClient) -> None:
    evening = an_event(in_days=28)

    page = client.get("events_public.event", slug=evening.slug.fr, lang="fr")

    assert page.main.select_one(".calendar-day").get_text(" ") == "lundi 1er mars 2027"  # type: ignore[union-attr]


def test_event_that_is_over_says_so(client: PageClient) -> None:
    evening = an_event(in_days=-3)

    assert "Voorbij" in client.get("events_public.event", slug=evening.slug.nl).text


@pytest.mark.parametrize("slug", ["bestaat-niet", "soiree-fr"])
def test_unknown_event_is_a_404(client: PageClient, slug: str) -> None:
    an_event(slug=both("avond-nl", "soiree-fr"))

    client.get("events_public.event", slug=slug, status=404)


def test_agenda_takes_the_same_statements_for_one_and_for_many_events(client: PageClient) -> None:
    for count in (1, 3, 30):
        for _number in range(count):
            an_event()
            an_event(in_days=-5)

        page = client.get("events_public.agenda")

        assert_budget(page, 4)
        assert_budget(client.get("events_public.event", slug="avond-0", status=404), 3)


def test_links_that_name_a_page_lead_there(client: PageClient) -> None:
    evening = an_event(body=both("Schrijf via [Contact](page:contact).", "Écrivez par [Contact](page:contact)."))

    page = client.get("events_public.event", slug=evening.slug.fr, lang="fr")

    assert page.main.select_one(".prose p a")["href"] == "/fr/contact"  # type: ignore[index]
