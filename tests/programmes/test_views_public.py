"""The programmes as visitors see them, on every day of a call."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.core.clock import brussels
from tests.builders import a_call, a_criterion, a_programme, a_step, a_version, an_event, both
from tests.pages import PageClient, assert_budget

PAGE, LIST = "programmes_public.programme", "programmes_public.programmes"
OPENS, CLOSES = brussels(date(2027, 1, 11), 9), brussels(date(2027, 2, 22), 12)


@pytest.fixture
def call(app: Any) -> Any:
    """Seeds, from 11 January at nine to 22 February 2027 at noon."""
    return a_call(a_programme("seeds"), opens_at=OPENS, closes_at=CLOSES)


def test_programmes_page_without_a_programme_or_a_call_reads_calmly(client: PageClient) -> None:
    client.get(LIST)
    a_programme("seeds")

    assert "Geen oproep gepland" in client.get(LIST).text
    assert "Aucun appel prévu" in client.get(LIST, lang="fr").text
    assert "kondigen we hier aan" in client.get(PAGE, slug="seeds-nl").text


@pytest.mark.parametrize(
    ("days", "dutch", "french"),
    [
        (-30, "Opent op 11\u00a0januari", "Ouvre le 11\u00a0janvier"),
        (0, "Oproep open tot 22\u00a0februari", "Appel ouvert jusqu’au 22\u00a0février"),
        (15, "Oproep sluit op 22\u00a0februari", "L’appel se clôture le 22\u00a0février"),
        (22, "Oproep gesloten sinds 22\u00a0februari", "Appel clôturé depuis le 22\u00a0février"),
    ],
)
def test_programmes_page_says_where_the_call_stands(
    client: PageClient, call: Any, clock: Any, days: int, dutch: str, french: str
) -> None:
    clock.forward(days=days)

    assert dutch in client.get(LIST).text
    assert french in client.get(LIST, lang="fr").text


def test_programmes_page_compares_the_programmes(client: PageClient) -> None:
    a_programme("seeds", duration=both("acht maanden", "huit mois"))
    a_programme("peps", duration=both("drie maanden", "trois mois"))

    rows = client.get(LIST).main.select("table.table tbody tr")

    assert [cell.get_text() for cell in rows[0].select("th, td")] == ["Duur", "acht maanden", "drie maanden"]


def test_open_call_shows_deadline_days_and_the_way_in(client: PageClient, call: Any) -> None:
    page = client.get(PAGE, slug="seeds-nl")

    assert "Tot maandag 22\u00a0februari 2027 om 12.00\u00a0uur" in page.text
    assert "Nog 21 dagen" in page.text
    assert "Brusselse tijd" in page.text
    assert page.main.select_one("a.button")["href"] == "/nl/kandidatuur/seeds-nl"  # type: ignore[index]


def test_last_day_and_last_night_are_counted_in_words(client: PageClient, call: Any, clock: Any) -> None:
    clock.set(brussels(date(2027, 2, 21), 23, 59))
    assert "Nog 1 dag" in client.get(PAGE, slug="seeds-nl").text

    clock.set(brussels(date(2027, 2, 22), 0))
    assert "Vandaag is de laatste dag" in client.get(PAGE, slug="seeds-nl").text


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=1), CLOSES])
def test_nobody_is_sent_to_a_call_that_is_not_open(client: PageClient, call: Any, clock: Any, at: Any) -> None:
    assert client.get(PAGE, slug="seeds-nl").main.select("a.button[href*=kandidatuur]")

    clock.set(at)

    assert not client.get(PAGE, slug="seeds-nl").main.select("a.button[href*=kandidatuur]")
    assert not client.get(PAGE, slug="seeds-fr", lang="fr").main.select("a.button[href*=candidature]")


def test_rolling_call_can_be_entered_on_any_day(client: PageClient) -> None:
    a_call(a_programme("innovate"), rolling=True)

    page = client.get(PAGE, slug="innovate-fr", lang="fr")

    assert "Vous pouvez poser votre candidature tous les jours" in page.text
    assert page.main.select_one("a.button")["href"] == "/fr/candidature/innovate-fr"  # type: ignore[index]


def test_timeline_marks_what_is_over_and_what_comes(client: PageClient, call: Any) -> None:
    for position, day in enumerate([date(2027, 1, 11), date(2027, 2, 22), date(2027, 3, 23)], 1):
        a_step(call, on=day, position=position)

    page = client.get(PAGE, slug="seeds-nl")
    lines = page.main.select("ol.timeline > li")

    assert len(page.main.select("svg.course")) == 1

    assert [(line.get("class"), line.get("aria-current")) for line in lines] == [
        (["done"], None),
        (["current"], "step"),
        (None, None),
    ]


def test_criteria_show_their_weights(client: PageClient, call: Any) -> None:
    a_criterion(call, "C1", weight=60)
    a_criterion(call, "C2", weight=40)

    page = client.get(PAGE, slug="seeds-fr", lang="fr")

    assert [bar.get_text() for bar in page.main.select(".bars dd")] == ["60\u202f%", "40\u202f%"]
    assert page.main.select(".bars > .value-60")


def test_example_content_says_so(client: PageClient) -> None:
    a_programme("seeds", is_example=True)

    assert "Dit is een voorbeeld." in client.get(PAGE, slug="seeds-nl").text
    assert "Duur, prijs en aantal plaatsen zijn voorbeelden." in client.get(LIST).text


def test_coming_sessions_of_the_programme_are_named(client: PageClient, call: Any) -> None:
    an_event(both("Infosessie Seeds", "Séance d’info Seeds"), programme_id=call.programme_id)
    an_event(both("Vorige keer", "La dernière fois"), in_days=-7, programme_id=call.programme_id)
    an_event(both("Elders", "Ailleurs"))

    page = client.get(PAGE, slug="seeds-nl")

    assert [link.get_text() for link in page.main.select(".rows h3 a")] == ["Infosessie Seeds"]


def test_unknown_programme_is_a_404_and_so_is_the_other_languages_slug(client: PageClient) -> None:
    a_programme("seeds")

    client.get(PAGE, slug="bestaat-niet", status=404)
    client.get(PAGE, slug="seeds-fr", status=404)


def test_pages_take_the_same_statements_for_one_and_for_many_rows(client: PageClient, call: Any) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            a_call(a_programme(f"more-{count}-{number}"), version=call_version)
            a_step(call, position=number + 1)
            a_criterion(call, f"M{count}-{number}", weight=1)
            an_event(programme_id=call.programme_id)

    call_version = a_version()
    client.get(PAGE, slug="seeds-nl")  # the form of a call is read once in a process
    for count in (1, 3, 30):
        fill(count)
        assert_budget(client.get(LIST), 2)
        assert_budget(client.get(PAGE, slug="seeds-nl"), 4)
