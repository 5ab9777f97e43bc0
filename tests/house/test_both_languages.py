"""Dutch and French as equals: the two pages of every address have the same bones, and no sentence in common."""

import re
from collections import Counter

from bs4 import Tag

from tests.html import texts
from tests.inspection import alternates_of
from tests.page import Page
from tests.pages import PageClient

LONG = 5  # words; a shorter text may be the same by chance, or be a name
NAMES = re.compile(r"Coopcity|https?://\S+|©|\d")


def public(client: PageClient) -> list[tuple[Page, Page]]:
    """Every page of the site map beside its twin."""
    listed = client.get_path("/sitemap.xml").html
    addresses = sorted(set(re.findall(r"<loc>([^<]+/nl/[^<]*)</loc>", listed)))
    assert len(addresses) > 35
    pairs = []
    for address in addresses:
        page = client.get_path(address)
        pairs.append((page, client.get_path(alternates_of(page)["fr"])))
    return pairs


def bones(page: Page) -> list[str]:
    """The headings, landmarks, forms and fields of a page, in their order."""
    wanted = "h1, h2, h3, header, main, footer, nav, section, aside, form, input, select, textarea, button, svg, table"
    unsorted = [tag for tag in page.soup.select(wanted) if not tag.find_parent("details")]
    return [f"{tag.name}.{' '.join(tag.get('class') or [])}" for tag in unsorted]


def links(page: Page) -> Counter[str]:
    """Where the links of a page lead, by the page they open, whatever its language."""
    inside = [tag for tag in page.soup.select("a[href^='/']") if isinstance(tag, Tag)]
    return Counter(page.client.endpoint_of(str(tag["href"]), "GET") for tag in inside)


def sentences(page: Page) -> set[str]:
    """Every longer text that stands there in the page's own language."""
    found = set()
    for text in texts(page.main):
        own = text.language == page.lang and not text.node.find_parent(attrs={"data-typed": True})
        if own and len(text.words.split()) >= LONG and not NAMES.search(text.words):
            found.add(text.words.strip())
    return found


def test_every_twin_has_the_same_bones_links_and_no_shared_sentence(client: PageClient, content: None) -> None:
    wrong = []
    for dutch, french in public(client):
        if bones(dutch) != bones(french):
            wrong.append(f"{dutch.path}: other bones than {french.path}")
        if links(dutch) != links(french):
            wrong.append(f"{dutch.path}: {links(dutch) - links(french)} against {links(french) - links(dutch)}")
        wrong += [f"{dutch.path}: “{text}” stands on both" for text in sentences(dutch) & sentences(french)]
        if dutch.title == french.title and dutch.h1 != french.h1:
            wrong.append(f"{dutch.path}: one title for two pages")

    assert wrong == []


def test_twins_are_about_as_long_as_each_other(client: PageClient, content: None) -> None:
    """French needs more letters than Dutch, never twice as many: a missing half would show."""
    for dutch, french in public(client):
        share = len(french.main.get_text()) / len(dutch.main.get_text())
        assert 0.7 < share < 1.6, f"{dutch.path}: {share:.2f}"
