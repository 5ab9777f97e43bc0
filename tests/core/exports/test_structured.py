"""Facts for search engines: complete where we know, silent where we do not, and no way out of the script element."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.exports.structured import breadcrumbs, json_ld, postal_address, programme, thing, website


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Coenraetsstraat 72, 1060 Sint-Gillis", ("Coenraetsstraat 72", "1060", "Sint-Gillis")),
        ("rue Coenraets 72, 1060 Saint-Gilles (exemple, à confirmer)", ("rue Coenraets 72", "1060", "Saint-Gilles")),
        ("Huis, Kaai 1, 1000 Brussel", ("Huis, Kaai 1", "1000", "Brussel")),
        ("online", None),
        ("1060 Sint-Gillis", None),
        ("Rue X 1, 75001 Paris", None),
        ("", None),
    ],
)
def test_an_address_is_read_only_where_it_is_one(place: str, found: tuple[str, str, str] | None) -> None:
    data = postal_address(place)

    assert (data and (data["streetAddress"], data["postalCode"], data["addressLocality"])) == found


def test_what_is_not_known_is_left_out() -> None:
    data = programme(name="Seeds", description="", url="u", site="s", opens_at=None, closes_at=None)

    assert set(data) == {"@type", "name", "url", "provider"}
    assert thing("Place", name=None, address={}, other=0) == {"@type": "Place", "other": 0}


def test_the_site_tells_of_its_search_only_where_there_is_one() -> None:
    data = website("https://x/nl/", language="nl-BE", search="https://x/nl/zoeken")

    assert data["potentialAction"] == {
        "@type": "SearchAction",
        "target": "https://x/nl/zoeken?q={q}",
        "query-input": "required name=q",
    }
    assert "potentialAction" not in website("https://x/nl/", language="nl-BE")


def test_the_last_step_of_a_way_has_no_address_and_words_are_plain() -> None:
    data = breadcrumbs([("Coopcity", "https://x/nl/"), ("Recht &amp; zorg &#39;s", "")])

    assert data["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Coopcity", "item": "https://x/nl/"},
        {"@type": "ListItem", "position": 2, "name": "Recht & zorg 's"},
    ]


@given(st.text())
def test_no_text_breaks_out_of_its_element(words: str) -> None:
    hostile = f"{words}</script><!--<script>&amp;\u2028"

    written = str(json_ld([thing("Thing", name=hostile)], "p"))

    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"@context": "https://schema.org", "@type": "Thing", "name": hostile}


def test_several_things_share_one_context_and_pictures_go_where_they_belong() -> None:
    data = json.loads(str(json_ld([thing("Event", name="a"), thing("BreadcrumbList")], "https://x/p.png")))

    assert data["@graph"] == [
        {"@type": "Event", "name": "a", "image": "https://x/p.png"},
        {"@type": "BreadcrumbList"},
    ]
