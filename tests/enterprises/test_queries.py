"""The showcase as visitors see it."""

from typing import Any

import pytest

from app.enterprises import queries
from app.enterprises.rules.filter import Filter
from tests.builders import a_programme, an_enterprise, both

pytestmark = pytest.mark.usefixtures("app")


def slugs(rows: Any) -> list[str]:
    return [row.slug for row in rows]


def walked(wanted: Filter | None = None, order: str = "place", *, after: str = "", limit: int = 99) -> list[str]:
    return slugs(queries.walk(wanted or Filter(), order, after=after, limit=limit))


def test_the_street_is_walked_in_its_order() -> None:
    an_enterprise(slug="second", position=2)
    an_enterprise(slug="first", position=1)
    an_enterprise(slug="also-second", position=2)

    assert walked() == ["first", "also-second", "second"]


@pytest.mark.parametrize("order", ["place", "name", "year"])
def test_stretches_join_without_gap_or_repeat_in_every_order(order: str) -> None:
    for number, (name, founded) in enumerate(
        [("Éclair", 2019), ("ecole", None), ("Zoo", 2019), ("Œuf", 2024), ("a", None)]
    ):
        an_enterprise(name, slug=f"s{number}", position=number // 2, founded=founded)
    whole = walked(order=order)

    pieces, after = [], ""
    while piece := walked(order=order, after=after, limit=2):
        pieces += piece
        after = piece[-1]

    assert pieces == whole
    assert len(whole) == 5


def test_names_are_sorted_without_accents_and_years_from_the_youngest() -> None:
    for name, founded in (("Zoo", 2016), ("Éclair", None), ("eden", 2024), ("Œuf", 2024), ("Olive", 2016)):
        an_enterprise(name, slug=name.lower(), founded=founded)

    assert walked(order="name") == ["éclair", "eden", "œuf", "olive", "zoo"]
    assert walked(order="year") == ["eden", "œuf", "olive", "zoo", "éclair"]


def test_an_unknown_place_begins_at_the_beginning() -> None:
    an_enterprise(slug="only")

    assert walked(after="gone") == ["only"]
    assert queries.counts(Filter(), "place", after="gone").before == 0


def test_words_are_found_in_both_languages_by_their_stems_and_without_accents() -> None:
    an_enterprise(
        "Atelier",
        slug="atelier",
        legal_form="asbl",
        story=both("Wij begeleiden bakkers.", "Nous formons des boulangères."),
    )
    an_enterprise("Coöp", slug="coop", pitch=both("Een coöperatie.", "Une coopérative."))

    assert walked(Filter(text="begeleiding")) == ["atelier"]
    assert walked(Filter(text="BOULANGERE")) == ["atelier"]
    assert walked(Filter(text="cooperatives")) == ["coop"]
    assert walked(Filter(text="sint gillis coop")) == ["coop"]
    assert walked(Filter(text="boulangère coöperatie")) == []
    assert walked(Filter(text="'\"*()^:-")) == []


def test_foremost_are_the_featured_ones_and_then_the_others() -> None:
    an_enterprise(slug="plain", position=1)
    an_enterprise(slug="featured", position=2, featured=True)
    an_enterprise(slug="last", position=3)

    assert slugs(queries.foremost(2)) == ["featured", "plain"]


def test_counts_say_what_each_further_choice_would_give() -> None:
    programme = a_programme("innovate")
    an_enterprise(sector="food", legal_form="cv", municipality="21013", founded=2016, programme_id=programme.id)
    an_enterprise(sector="food", legal_form="asbl", municipality="21004", founded=2014)
    an_enterprise(slug="work", sector="work", legal_form="cv", municipality="21013", founded=None)

    counts = queries.counts(Filter(sector=frozenset({"food"}), municipality="21013"), "place", after="")

    assert (counts.total, counts.found, counts.before) == (3, 1, 0)
    assert counts.facets["sector"] == {"food": 1, "work": 1}
    assert counts.facets["legal_form"] == {"cv": 1}
    assert counts.facets["municipality"] == {"21013": 1, "21004": 1}
    assert counts.facets["period"] == {"2016": 1}
    assert counts.facets["programme"] == {"innovate": 1}
    assert counts.programmes == {"innovate": programme.title}
    assert counts.less == {("sector", "food"): 2, ("municipality", "21013"): 2}


@pytest.mark.parametrize("facet", queries.FACETS)
def test_a_choice_gives_as_many_as_it_promised(facet: str) -> None:
    programme = a_programme("innovate")
    for number, sector in enumerate(["food", "food", "work", "justice"]):
        an_enterprise(
            sector=sector,
            founded=2014 + 3 * number,
            municipality=["21013", "21004"][number % 2],
            legal_form=["cv", "asbl"][number // 2],
            programme_id=programme.id if number else None,
        )
    for code, count in queries.counts(Filter(), "place", after="").facets[facet].items():
        chosen = code if facet == "municipality" else frozenset({code})
        if code:
            assert len(walked(Filter(**{facet: chosen}))) == count > 0


def test_enterprise_comes_with_its_programme_where_that_is_known() -> None:
    programme = a_programme("innovate")
    an_enterprise(slug="with", programme_id=programme.id)
    an_enterprise(slug="without")

    shown, title, slug = queries.enterprise("with")  # type: ignore[misc]
    assert (shown.slug, title, slug) == ("with", programme.title, programme.slug)
    assert queries.enterprise("without")[1:] == (None, None)  # type: ignore[index]
    assert queries.enterprise("gone") is None


def test_neighbours_share_a_sector_then_a_municipality_then_the_street() -> None:
    own = an_enterprise(slug="own", sector="food", municipality="21013", position=5)
    an_enterprise(slug="far", sector="work", municipality="21004", position=9)
    an_enterprise(slug="near", sector="work", municipality="21004", position=4)
    an_enterprise(slug="same-place", sector="work", municipality="21013", position=20)
    an_enterprise(slug="same-sector", sector="food", municipality="21004", position=30)
    an_enterprise(slug="same-both", sector="food", municipality="21013", position=40)

    order = ["same-both", "same-sector", "same-place", "near", "far"]
    assert slugs(queries.neighbours(own, 9)) == order
    assert slugs(queries.neighbours(own, 2)) == order[:2]


def test_no_known_municipality_is_nothing_in_common() -> None:
    own = an_enterprise(sector="food", municipality="", position=1)
    an_enterprise(slug="unknown-too", sector="work", municipality="", position=3)
    an_enterprise(slug="next-door", sector="work", municipality="21004", position=2)

    assert slugs(queries.neighbours(own, 2)) == ["next-door", "unknown-too"]
