"""The showcase as visitors see it."""

from typing import Any

import pytest

from app.enterprises import queries
from app.enterprises.rules import Filter
from tests.builders import a_programme, an_enterprise

pytestmark = pytest.mark.usefixtures("app")


def slugs(rows: Any) -> list[str]:
    return [row.slug for row in rows]


def test_everyone_stands_in_the_order_of_the_street() -> None:
    an_enterprise(slug="second", position=2)
    an_enterprise(slug="first", position=1)
    an_enterprise(slug="also-second", position=2)

    assert slugs(queries.everyone()) == ["first", "also-second", "second"]


def test_foremost_are_the_featured_ones_and_then_the_others() -> None:
    an_enterprise(slug="plain", position=1)
    an_enterprise(slug="featured", position=2, featured=True)
    an_enterprise(slug="last", position=3)

    assert slugs(queries.foremost(2)) == ["featured", "plain"]


def test_counts_say_what_each_further_choice_would_give() -> None:
    an_enterprise(sector="food", legal_form="cv", municipality="21013")
    an_enterprise(sector="food", legal_form="asbl", municipality="21004")
    an_enterprise(sector="work", legal_form="cv", municipality="21013")

    counts = queries.counts(queries.everyone(), Filter(sector=frozenset({"food"})))

    assert counts["sector"] == {"food": 2, "work": 1}
    assert counts["legal_form"] == {"cv": 1, "asbl": 1}
    assert counts["municipality"] == {"21013": 1, "21004": 1}


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
