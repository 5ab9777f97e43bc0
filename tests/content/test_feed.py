"""News in a feed reader."""

from datetime import date
from typing import Any

import feedparser
import pytest

from app.core.db.base import db
from tests.builders import a_page, an_article, an_enterprise, both
from tests.pages import Page, PageClient, assert_budget

HOSTILE = 'Alles < 5 & "meer" <script>alert(1)</script> ]]> &amp; é'


@pytest.fixture(autouse=True)
def news(app: Any) -> None:
    a_page("news", title=both("Nieuws", "Actualités"))


def feed(page: Page) -> Any:
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(page.data, response_headers={"content-type": page.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_feed_says_what_it_is(client: PageClient) -> None:
    an_article()

    found = feed(client.get("content_public.news_feed", lang="fr"))

    assert found.version == "atom10"
    assert found.feed.title == "Actualités"
    assert found.feed.author == "Coopcity"
    assert found.feed.language == "fr-BE"
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": f"{client.base_url}/fr/actualites.atom",
        "alternate": f"{client.base_url}/fr/actualites",
    }


def test_an_entry_holds_the_whole_message(client: PageClient) -> None:
    an_enterprise(slug="casa-legal")
    an_article(
        slug=both("groei", "croissance"),
        title=both("Groei", "Croissance"),
        lead=both("Er is nieuws.", "Du neuf."),
        body=both("## Kop\n\nMet [Casa Legal](enterprise:casa-legal).", "Suite"),
        published_on=date(2027, 1, 2),
    )

    (entry,) = feed(client.get("content_public.news_feed")).entries

    assert (entry.title, entry.summary) == ("Groei", "Er is nieuws.")
    assert entry.link == f"{client.base_url}/nl/nieuws/groei"
    assert entry.content[0].type == "text/html"
    assert entry.content[0].value.startswith("<p>Er is nieuws.</p><h2>Kop</h2>")
    assert f'href="{client.base_url}/nl/ondernemingen/casa-legal"' in entry.content[0].value
    assert entry.published == "2027-01-02T11:00:00Z"


def test_hostile_text_stays_text(client: PageClient) -> None:
    an_article(title=both(HOSTILE), lead=both(HOSTILE), body=both(HOSTILE))

    page = client.get("content_public.news_feed")
    (entry,) = feed(page).entries

    assert entry.title_detail.type == "text/plain"
    assert entry.title == entry.summary == HOSTILE
    assert "<script" not in page.html
    assert "<script" not in entry.content[0].value


def test_ids_stay_while_words_and_addresses_change(client: PageClient, clock: Any) -> None:
    article = an_article()
    before = feed(client.get("content_public.news_feed"))

    clock.forward(days=1)
    article.title, article.slug = both("Anders", "Autrement"), both("anders", "autrement")
    db.session.commit()
    after = feed(client.get("content_public.news_feed"))

    assert (after.feed.id, after.entries[0].id) == (before.feed.id, before.entries[0].id)
    assert after.entries[0].id.startswith("urn:uuid:")
    assert after.entries[0].updated == after.feed.updated == "2027-02-02T10:00:00Z"
    assert after.entries[0].published == before.entries[0].published


def test_a_text_and_its_translation_are_two_entries(client: PageClient) -> None:
    an_article()

    dutch, french = (feed(client.get("content_public.news_feed", lang=lang)) for lang in ("nl", "fr"))

    assert dutch.entries[0].id != french.entries[0].id
    assert dutch.feed.id != french.feed.id


def test_an_empty_feed_is_a_feed(client: PageClient) -> None:
    found = feed(client.get("content_public.news_feed"))

    assert (found.entries, found.feed.updated) == ([], "2016-01-01T00:00:00Z")


def test_the_news_page_and_the_home_page_show_the_way(client: PageClient) -> None:
    for endpoint in ("content_public.news", "site_public.home"):
        found = client.get(endpoint, lang="fr").links('link[rel="alternate"][type="application/atom+xml"]')
        assert "/fr/actualites.atom" in found


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_takes_two_statements(client: PageClient, count: int) -> None:
    for _number in range(count):
        an_article()

    assert_budget(client.get("content_public.news_feed"), 2)
