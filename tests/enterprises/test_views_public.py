"""The street, its filters, and the page of one house."""

from typing import Any

import pytest

from app.enterprises.views.public import ROWS
from tests.builders import a_page, a_programme, an_enterprise, both
from tests.pages import Page, PageClient, assert_budget

LIST, ONE = "enterprises_public.showcase", "enterprises_public.enterprise"


def names(page: Page) -> list[str]:
    return page.select(".enterprises h3")


@pytest.fixture
def street(app: Any) -> None:
    """A bakery and a workshop in Sint-Gillis, a lawyer in Brussels, a farm nobody can place."""
    an_enterprise("Bakkerij", slug="bakkerij", sector="food", legal_form="cv", municipality="21013", founded=2016)
    an_enterprise("Atelier", slug="atelier", sector="work", legal_form="asbl", municipality="21013", founded=2020)
    an_enterprise("Casa Légale", slug="casa", sector="justice", legal_form="asbl", municipality="21004", founded=2019)
    an_enterprise("Hoeve", slug="hoeve", sector="food", legal_form="unknown", municipality="", founded=None)


def test_every_house_is_a_row_with_its_facts(client: PageClient, street: None) -> None:
    page = client.get(LIST)

    assert names(page) == ["Bakkerij", "Atelier", "Casa Légale", "Hoeve"]
    assert page.select("h2")[0] == "4 ondernemingen"
    assert page.select(".enterprises li > p")[0] == "Voeding en stadslandbouw cv, 2016 Sint-Gillis"
    assert page.select(".enterprises li > p")[3] == "Voeding en stadslandbouw"
    assert len(page.main.select(".street svg.house")) == 4
    assert names(client.get(LIST, lang="fr")) == names(page)


def test_title_and_lead_are_the_editors(client: PageClient, street: None) -> None:
    assert client.get(LIST).h1 == "Ondernemingen"
    a_page("enterprises", title=both("De straat", "La rue"), lead=both("Kom kijken.", "Venez voir."))

    page = client.get(LIST, lang="fr")
    assert (page.h1, "Venez voir." in page.text) == ("La rue", True)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"sector": "food"}, ["Bakkerij", "Hoeve"]),
        ({"sector": ["food", "justice"]}, ["Bakkerij", "Casa Légale", "Hoeve"]),
        ({"form": "asbl"}, ["Atelier", "Casa Légale"]),
        ({"municipality": "21013"}, ["Bakkerij", "Atelier"]),
        ({"municipality": "21013", "form": "asbl"}, ["Atelier"]),
        ({"q": "legale"}, ["Casa Légale"]),
        ({"q": "DROIT pour"}, ["Bakkerij", "Atelier", "Casa Légale", "Hoeve"]),
        ({"sort": "name"}, ["Atelier", "Bakkerij", "Casa Légale", "Hoeve"]),
        ({"sort": "year"}, ["Atelier", "Casa Légale", "Bakkerij", "Hoeve"]),
    ],
)
def test_filters_and_order(client: PageClient, street: None, wanted: dict[str, Any], found: list[str]) -> None:
    assert names(client.get(LIST, **wanted)) == found


def test_choices_are_kept_counted_and_can_be_dropped_one_by_one(client: PageClient, street: None) -> None:
    page = client.get(LIST, sector=["food", "work"], municipality="21013", q="recht", sort="name")

    assert page.select("h2")[0] == "2 van de 4 ondernemingen"
    assert (page.value("q"), page.value("municipality")) == ("recht", "21013")
    assert page.select("#sort [selected]") == ["Van A tot Z"]
    assert page.value("sector") == ["food", "work"]
    assert page.select(".chips a") == [
        "Verwijder de filter Voeding en stadslandbouw",
        "Verwijder de filter Werk en inschakeling",
        "Verwijder de filter Sint-Gillis",
        "Verwijder de filter ‘recht’",
        "Alles wissen",
    ]
    assert page.links(".chips a")[0] == "/nl/ondernemingen?q=recht&sector=work&municipality=21013&sort=name"
    assert names(client.get_path(page.links(".chips a")[2])) == ["Atelier", "Bakkerij", "Hoeve"]


def test_counts_stand_beside_the_choices_and_on_the_map(client: PageClient, street: None) -> None:
    page = client.get(LIST)

    assert "Voeding en stadslandbouw 2" in page.select(".choice label")
    assert "Sint-Gillis (2)" in page.select("#municipality option")
    assert page.select(".area-map text") == ["1", "2"]
    name = str(page.soup.select_one(".area-map")["aria-label"])  # type: ignore[index]
    assert "Sint-Gillis telt de meeste ondernemingen: 2." in name


def test_map_names_no_winner_of_a_draw(client: PageClient) -> None:
    an_enterprise(municipality="21013")
    an_enterprise(municipality="21004")

    assert "telt de meeste" not in str(client.get(LIST).soup.select_one(".area-map")["aria-label"])  # type: ignore[index]


def test_form_works_as_a_browser_sends_it(client: PageClient, street: None) -> None:
    page = client.get(LIST).submit("Toon de resultaten", status=200, municipality="21013", q="recht")

    assert names(page) == ["Bakkerij", "Atelier"]
    assert page.main.select_one("#sort")["form"] == page.main.select_one("form")["id"]  # type: ignore[index]


def test_filters_travel_to_the_other_language(client: PageClient, street: None) -> None:
    page = client.get(LIST, sector="food", q="recht")

    assert names(client.get_path(page.links('.langs a[hreflang="fr"]')[0])) == ["Bakkerij", "Hoeve"]


def test_nothing_found_says_which_filter_to_drop(client: PageClient, street: None) -> None:
    page = client.get(LIST, lang="fr", q="brasserie", municipality="21013", sector="food")
    assert page.select("h2")[0] == "Aucune entreprise"
    assert "Aucune entreprise ne correspond à tous ces filtres." in page.text

    page = client.get(LIST, lang="fr", form="asbl", sector="food", q="recht")
    assert "Sans «\u00a0Alimentation et agriculture urbaine\u00a0», vous voyez 2 entreprises" in page.select(".none a")
    assert names(client.get_path(page.links(".none a")[0])) == ["Atelier", "Casa Légale"]


def test_empty_street_is_calm(client: PageClient) -> None:
    page = client.get(LIST)

    assert "Je vindt de eerste ondernemingen binnenkort hier." in page.text
    assert page.main.select(".street") == []


def test_what_people_type_is_shown_as_they_typed_it(client: PageClient, street: None) -> None:
    page = client.get(LIST, q="<b>'\"&")

    assert page.value("q") == "<b>'\"&"
    assert "‘<b>'\"&’" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "sector=zz&form=%27&municipality=1&sort=x&after=nergens",
        "lang=fr&_scheme=x&_anchor=y&endpoint=z&code=1&_external=1&sector=food",
        "q=" + "a" * 5000,
        "q=%ED%A0%80%FF&municipality=%E2%80%AE",
        "sector=" * 300,
        "&".join(f"sector=s{number}" for number in range(900)),
    ],
)
def test_nonsense_in_the_address_is_left_out(client: PageClient, street: None, query: str) -> None:
    assert client.get_path(f"/nl/ondernemingen?{query}").h1 == "Ondernemingen"


def test_long_street_is_walked_in_stretches_that_miss_nobody(client: PageClient) -> None:
    for number in range(2 * ROWS + 3):
        an_enterprise(f"Huis {number}", slug=f"huis-{number}")
    page, seen = client.get(LIST, sort="place"), []

    while True:
        seen += names(page)
        further = page.links(".pager a[rel=next]")
        if not further:
            break
        page = client.get_path(further[0])

    assert seen == [f"Huis {number}" for number in range(2 * ROWS + 3)]
    assert f"{2 * ROWS + 1} tot {2 * ROWS + 3} van {2 * ROWS + 3}" in page.text


def test_enterprise_page_tells_its_story_facts_and_source(client: PageClient) -> None:
    programme = a_programme("innovate")
    an_enterprise(
        "Hoeve",
        slug="hoeve",
        municipality="21001",
        place=both("Oude hoeve", "Vieille ferme"),
        founded=2021,
        programme_id=programme.id,
        story=both("## Vijf samen\n\nEen huis.", "## À cinq\n\nUne maison."),
    )

    page = client.get(ONE, slug="hoeve", lang="fr")

    assert (page.h1, page.title) == ("Hoeve", "Hoeve — Coopcity")
    assert "À cinq" in page.select(".story h2")
    facts = dict(zip(page.select(".facts dt"), page.select(".facts dd"), strict=True))
    assert facts == {
        "Site web": "example.be",
        "Secteur": "Alimentation et agriculture urbaine",
        "Commune": "Anderlecht Vieille ferme",
        "Forme juridique": "SC",
        "Création": "2021",
        "Programme": "Innovate",
        "Source": "Le journal",
    }
    links = page.links("main a")
    assert {"https://example.be/krant", "https://example.be/", "/fr/entreprises?sector=food"} <= set(links)
    assert f"/fr/programmes/{programme.slug.fr}" in links


def test_what_no_source_tells_is_not_shown(client: PageClient) -> None:
    an_enterprise(
        slug="stil",
        legal_form="unknown",
        municipality="",
        place=both(""),
        founded=None,
        website="",
        source_url="",
        source_name=both(""),
    )

    page = client.get(ONE, slug="stil")

    assert page.select(".facts dt") == ["Sector"]
    assert page.main.select("a.button") == []


@pytest.mark.parametrize("odd", [{"sector": "gone"}, {"legal_form": "gone"}, {"municipality": "99999"}])
def test_unknown_code_is_left_out(client: PageClient, odd: dict[str, str]) -> None:
    an_enterprise(slug="vreemd", **odd)
    an_enterprise(slug="buur", **odd)

    assert client.get(ONE, slug="vreemd").status == 200
    assert len(names(client.get(LIST))) == 2


def test_neighbours_say_what_they_share(client: PageClient, street: None) -> None:
    page = client.get(ONE, slug="bakkerij")

    assert page.select(".neighbours h3") == ["Hoeve", "Atelier"]
    assert "Dezelfde sector of dezelfde gemeente" in page.text
    assert len(page.main.select(".enterprise-house svg.house")) == 3


def test_who_shares_nothing_has_neighbours_in_the_street(client: PageClient, street: None) -> None:
    page = client.get(ONE, slug="casa")

    assert page.select(".neighbours h3") == ["Atelier", "Hoeve", "Bakkerij"]
    assert "Meer ondernemingen" in page.text


def test_lonely_house_has_no_neighbours(client: PageClient) -> None:
    an_enterprise(slug="alleen")

    assert client.get(ONE, slug="alleen").main.select(".neighbours") == []


def test_unknown_enterprise_is_a_404(client: PageClient, street: None) -> None:
    client.get(ONE, slug="bestaat-niet", status=404)


def test_pages_take_the_same_statements_for_one_and_for_many_rows(client: PageClient) -> None:
    a_page("enterprises")
    a_page("demo_note")
    for count in (1, 3, 30):
        for _number in range(count):
            house = an_enterprise(programme_id=a_programme("innovate").id)
        assert_budget(client.get(LIST, sector="food"), 3)
        assert_budget(client.get(ONE, slug=house.slug), 3)
