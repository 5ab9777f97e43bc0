"""Where an event is, and how to get there: a text of the team, our own sketch, a link to a map."""

import pytest

from tests.builders import a_page, an_event, both
from tests.pages import Page, PageClient, assert_budget

ADDRESS = both("Coenraetsstraat 72, 1060 Sint-Gillis", "rue Coenraets 72, 1060 Saint-Gilles")


def the_page(client: PageClient, lang: str = "nl", **values: object) -> Page:
    evening = an_event(**values)  # type: ignore[arg-type]
    return client.get("events_public.event", slug=evening.slug[lang], lang=lang)


def the_way() -> None:
    a_page("getting_there", title=both("Zo kom je er", "Comment venir"), lead=ADDRESS, body=both("Te voet.", "À pied."))


@pytest.mark.parametrize(
    ("lang", "map_", "words"),
    [
        ("nl", "Coenraetsstraat+72%2C+1060+Sint-Gillis", ["Zo kom je er", "Te voet."]),
        ("fr", "rue+Coenraets+72%2C+1060+Saint-Gilles", ["Comment venir", "À pied."]),
    ],
)
def test_the_house_has_a_way_a_sketch_and_a_map(client: PageClient, lang: str, map_: str, words: list[str]) -> None:
    the_way()

    page = the_page(client, lang, place=both(f"{ADDRESS.nl} (voorbeeld)", f"{ADDRESS.fr} (exemple)"))

    assert f"https://www.openstreetmap.org/search?query={map_}" in page.links("main a")
    assert all(word in page.text for word in words)
    assert page.main.select("svg.sketch[aria-hidden=true]")
    assert_budget(page, 5)


def test_another_address_has_a_map_and_no_way_to_the_house(client: PageClient) -> None:
    the_way()

    page = the_page(client, place=both("Nieuwstraat 1, 1000 Brussel", "rue Neuve 1, 1000 Bruxelles"))

    assert "https://www.openstreetmap.org/search?query=Nieuwstraat+1%2C+1000+Brussel" in page.links("main a")
    assert "Zo kom je er" not in page.text
    assert not page.main.select("svg.sketch")


def test_online_there_is_neither(client: PageClient) -> None:
    the_way()

    page = the_page(client, place=both("online", "en ligne"))

    assert [link for link in page.links("main a") if "openstreetmap" in link] == []


def test_without_the_text_or_once_it_is_over_there_is_no_way(client: PageClient) -> None:
    assert not the_page(client).main.select("svg.sketch")
    the_way()
    assert "Te voet." not in the_page(client, in_days=-3).text


def test_nothing_is_fetched_from_elsewhere(client: PageClient) -> None:
    the_way()

    page = the_page(client)

    fetched = [
        tag.get("src") or tag.get("href") for tag in page.soup.select("img, script[src], iframe, link[rel=stylesheet]")
    ]
    assert [one for one in fetched if str(one).startswith("http")] == []
