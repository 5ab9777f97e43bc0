"""An old address leads to the present one, for good."""

import pytest

from app.core import clock
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.core.text import slugs
from app.enterprises import actions as enterprises
from tests.builders import an_enterprise, an_event, both
from tests.pages import PageClient
from tests.people import ELS, known

pytestmark = pytest.mark.usefixtures("app")


def move(before: str, after: str) -> None:
    slugs.remember("event", both(before), both(after))


def test_a_way_leads_on_over_several_moves_and_back() -> None:
    move("a", "b")
    move("b", "c")
    assert [slugs.present("event", "nl", slug) for slug in "abc"] == ["c", "c", None]

    move("c", "a")
    assert [slugs.present("event", "fr", slug) for slug in "abc"] == [None, "a", "a"]


def test_each_kind_and_language_has_its_own_ways() -> None:
    slugs.remember("event", Bilingual("oud", "meme"), Bilingual("nieuw", "meme"))

    assert slugs.present("event", "nl", "oud") == "nieuw"
    assert slugs.present("event", "fr", "oud") is None
    assert slugs.present("event", "fr", "meme") is None
    assert slugs.present("article", "nl", "oud") is None


def test_an_enterprise_that_moved_is_found_at_both_addresses(client: PageClient) -> None:
    house = an_enterprise("Casa", slug="casa")

    enterprises.move(house, "casa-legal", by=known(ELS), at=clock.now())

    moved = client.get_path("/fr/entreprises/casa?from=mail", status=301)
    assert moved.location == "/fr/entreprises/casa-legal?from=mail"
    assert moved.follow().h1 == "Casa"
    assert client.get("site_public.search", q="casa").links(".hits a") == ["/nl/ondernemingen/casa-legal"]
    client.get_path("/nl/ondernemingen/nergens", status=404)


def test_a_taken_address_is_refused() -> None:
    an_enterprise(slug="een")
    two = an_enterprise(slug="twee")

    with pytest.raises(Conflict):
        enterprises.move(two, "een", by=known(ELS), at=clock.now())
    enterprises.move(two, "twee", by=known(ELS), at=clock.now())
    assert slugs.present("enterprise", "nl", "twee") is None


def test_a_slug_in_use_is_never_redirected(client: PageClient) -> None:
    moved, other = an_event(slug=both("oud", "vieux")), an_event(slug=both("tweede", "second"))
    slugs.remember("event", moved.slug, both("nieuw", "neuf"))
    moved.slug = both("nieuw", "neuf")
    assert client.get_path("/nl/agenda/oud", status=301).location == "/nl/agenda/nieuw"

    other.slug = both("oud", "vieux")

    assert client.get_path("/nl/agenda/oud").status == 200
