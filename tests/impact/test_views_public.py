"""Figures on screen: each with its period, day and source, and nothing that nobody counted."""

from datetime import date

import pytest

from app.impact.models import IndicatorValue
from tests.builders import a_page, an_indicator, both
from tests.pages import PageClient, assert_budget

LIST, ONE = "impact_public.impact", "impact_public.indicator"


@pytest.fixture
def known(content: None) -> None:
    """The five figures of the starting content."""


def value(from_year: int, to_year: int, count: int, *, at_least: bool = False, url: str = "") -> IndicatorValue:
    return IndicatorValue(
        from_year=from_year,
        to_year=to_year,
        value=count,
        at_least=at_least,
        as_of=date(to_year + 1, 1, 31),
        source_name=both("Jaarverslag", "Rapport annuel"),
        source_url=url,
    )


def test_the_true_figures_and_no_others(client: PageClient, known: None) -> None:
    dutch, french = client.get(LIST), client.get(LIST, lang="fr")

    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in dutch.main.select("tbody tr")]
    assert [row[1] for row in rows] == ["136", "26", "42", "77", "meer dan3.000+"]
    assert [row[2] for row in rows] == ["2016–2020", "2021", "2016–2020", "2016–2020", "2016–2020"]
    assert {row[3] for row in rows} == {"3\u00a0februari 2021"}
    assert all("Persbericht" in row[4] for row in rows)
    assert "plus de 3\u202f000" in french.text
    assert french.main.select("table a[href^='https://maron-trachte.brussels/']")


def test_drawings_can_be_counted(client: PageClient, known: None) -> None:
    page = client.get(LIST)

    lit = page.main.select_one(".impact .light")["d"].count("M")  # type: ignore[index,union-attr]
    dark = page.main.select_one(".impact .pane")["d"].count("M")  # type: ignore[index,union-attr]
    assert (lit, lit + dark) == (26, 136)
    shapes = [path["d"].count("M") for path in page.main.select(".trio path")]  # type: ignore[union-attr]
    assert shapes == [42, 77, 30]
    name = "Een gevel met 136 vensters, waarvan 26 verlicht."
    assert page.main.select_one(".impact svg")["aria-label"] == name  # type: ignore[index]


def test_what_is_not_counted_is_announced_and_later_sources_stand_apart(client: PageClient, known: None) -> None:
    page = client.get(LIST)

    assert "overeenkomst 2022–2026" in page.text
    assert "310" not in " ".join(page.select("table"))


@pytest.mark.parametrize(
    ("lang", "people", "words"),
    [
        ("nl", "meer dan 550", "Dit zijn ondernemingen en mensen, geen projecten."),
        ("fr", "plus de 550", "Ce sont des entreprises et des personnes, pas des projets."),
    ],
)
def test_the_counts_of_2025_are_seen_with_their_source_and_that_they_count_other_things(
    client: PageClient, known: None, lang: str, people: str, words: str
) -> None:
    counts = client.get(LIST, lang=lang).main.select_one(".counts")

    assert counts is not None
    assert [one.get_text() for one in counts.select("li strong")] == ["310", people]
    assert counts.select_one("a[href='https://lpost.be/?p=68644']")
    assert words in counts.get_text()
    assert "2025" in counts.select_one("h2").get_text()  # type: ignore[union-attr]


def test_headings_name_the_years(client: PageClient, known: None) -> None:
    page = client.get(LIST)

    assert (page.h1, page.title) == ("Impact in cijfers, 2016–2020", "Impact in cijfers, 2016–2020 — Coopcity")
    assert "L’impact en chiffres, 2016–2020" in page.select("h1 + a")
    one = client.get(ONE, lang="fr", slug="projets-accompagnes")
    assert one.h1 == "Projets accompagnés, 2016–2020"


@pytest.mark.parametrize(
    ("lang", "slug", "words"),
    [
        ("nl", "begeleide-projecten", "Coopcity, ‘Begeleide projecten, 2016–2020: 136’, stand op 3 februari 2021."),
        (
            "fr",
            "participants-evenements",
            "Coopcity, « Personnes présentes à nos activités, 2016–2020 : plus de 3 000 », situation au 3 février",
        ),
    ],
)
def test_a_figure_can_be_cited_with_title_day_source_address_and_licence(
    client: PageClient, known: None, lang: str, slug: str, words: str
) -> None:
    page = client.get(ONE, lang=lang, slug=slug)
    (line,) = page.select(".cite")

    plain = " ".join(line.split())
    assert plain.startswith(words)
    assert "Barbara Trachte" in plain
    assert plain.endswith(f"{client.base_url}{page.path}. {'Licentie:' if lang == 'nl' else 'Licence :'} CC BY 4.0.")


def test_a_figure_without_a_value_cannot_be_cited(client: PageClient) -> None:
    an_indicator("jobs", slug=both("banen", "emplois"), values=[])

    assert client.get(ONE, slug="banen").main.select(".cite") == []


def test_page_without_figures_is_calm(client: PageClient) -> None:
    page = client.get(LIST)

    assert page.h1 == "Impact in cijfers"
    assert "Er zijn nog geen cijfers." in page.text
    assert page.main.select("table, svg") == []


def test_figures_without_projects_are_listed_without_the_block(client: PageClient) -> None:
    an_indicator("jobs", value=77)

    page = client.get(LIST)

    assert page.select("tbody b") == ["77"]
    assert page.main.select(".impact") == []


def test_indicator_says_how_it_is_counted_and_shows_every_value(client: PageClient) -> None:
    an_indicator(
        "jobs",
        slug=both("banen", "emplois"),
        name=both("banen gecreëerd", "emplois créés"),
        definition=both("Betaalde banen.", "Emplois rémunérés."),
        values=[value(2016, 2020, 77), value(2021, 2021, 1200, at_least=True, url="https://example.be/r")],
    )

    page = client.get(ONE, slug="emplois", lang="fr")

    assert (page.h1, page.title) == ("Emplois créés, 2016–2021", "Emplois créés, 2016–2021 — Coopcity")
    assert "Une fois par projet." in page.text
    assert page.select("aside .figure-large") == ["plus de 1\u202f200 +"]
    assert page.select("tbody th") == ["2016–2020", "2021"]
    assert page.select("tbody b") == ["77", "plus de 1\u202f200 +"]
    assert page.links("tbody a") == ["https://example.be/r"]
    assert "/nl/impact/banen" in page.links("h1 ~ a")


def test_indicator_without_values_promises_none(client: PageClient) -> None:
    an_indicator("jobs", slug=both("banen", "emplois"), values=[])

    page = client.get(ONE, slug="banen")

    assert "Er zijn nog geen cijfers." in page.text
    assert client.get(LIST).main.select("table") == []


def test_unknown_indicator_and_the_other_languages_slug_are_404(client: PageClient) -> None:
    an_indicator("jobs", slug=both("banen", "emplois"))

    client.get(ONE, slug="emplois", status=404)
    client.get(ONE, slug="bestaat-niet", status=404)


def test_pages_take_the_same_statements_for_one_and_for_many_rows(client: PageClient) -> None:
    a_page("impact")
    a_page("demo_note")
    for count in (1, 3, 30):
        for _number in range(count):
            one = an_indicator()
        assert_budget(client.get(LIST), 4)
        assert_budget(client.get(ONE, slug=one.slug.nl), 3)
