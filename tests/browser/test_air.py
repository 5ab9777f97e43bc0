"""Nothing touches what follows it and no word is broken: public pages and those of an applicant."""

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from tests.browser.conftest import DESKTOP, PHONE, Opener, Site, press
from tests.builders import a_person, an_application

LEAST = 4  # px between the lines of text of two blocks
PUBLIC = [
    *("/fr/", "/fr/programmes", "/fr/programmes/seeds", "/fr/entreprises", "/fr/actualites", "/fr/a-propos"),
    *("/fr/impact/rue-en-chiffres", "/fr/agenda", "/fr/contact", "/fr/quel-programme?stage=idea&sent=1"),
    *("/fr/recherche?q=coop", "/fr/donnees-ouvertes", "/fr/candidature", "/fr/rester-au-courant"),
]
# The distance between the text of a block and that of the one before it, where they stand above each other.
# A figure is set tighter than its line box, a panel may stand over the head of the page, a closed fold has no text.
TOUCHING = """(least) => {
  const edges = (block) => {
    const range = document.createRange();
    range.selectNodeContents(block);
    const lines = [...range.getClientRects()].filter((line) => line.height > 1 && line.width > 1);
    return [Math.min(...lines.map((line) => line.top)), Math.max(...lines.map((line) => line.bottom))];
  };
  const skipped = (block) => !block?.checkVisibility() || block.querySelector("details:not([open])")
    || block.matches(".figure-huge, .figure-large, header");
  const stacked = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 8
    && other.top > one.bottom - 30;
  const named = "h2, h3, form, fieldset, .scroll, .panel, .facts, .rows, .columns";
  return [...document.querySelectorAll(`main :is(${named})`)].filter((block) => {
    const before = block.previousElementSibling;
    return !skipped(before) && !skipped(block)
      && stacked(before.getBoundingClientRect(), block.getBoundingClientRect())
      && edges(block)[0] - edges(before)[1] < least;
  }).map((block) => `${block.tagName}.${block.className} ${block.textContent.trim().slice(0, 40)}`);
}"""

# Words of our own that stand on two lines, where nothing in them allows a break.
BROKEN_WORDS = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest("svg, code, .visually-hidden")) continue;
    for (const word of text.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def touching(page: Page, addresses: list[str]) -> list[str]:
    """The blocks that stand against the one before them."""
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address}: {block}" for block in page.evaluate(TOUCHING, LEAST)]
    return found


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_blocks_of_a_public_page_have_air(site: Site, browse: Opener, screen: dict[str, object]) -> None:
    assert touching(browse("desktop", **screen), PUBLIC) == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_blocks_of_the_pages_of_an_applicant_have_air(site: Site, browse: Opener, screen: dict[str, object]) -> None:
    page, person = browse("desktop", **screen), a_person()
    draft = an_application(person=person)
    sent = an_application(person=person, state=State.SUBMITTED)
    home = "/nl/mijn-dossier"
    token = accounts.make_link(person, next_path=f"{home}/{draft.key}", at=clock.now())
    db.session.commit()
    page.goto(f"/nl/aanmelden/{token}")
    press(page.locator("main form button").first)

    pages = [home, "/nl/mijn-gegevens", f"{home}/{sent.key}", f"{home}/{sent.key}/ontvangen"]
    pages += [f"{home}/{draft.key}/{place}" for place in ("invullen", "nakijken", "deel/team", "ploeg")]

    assert touching(page, pages) == []


def test_a_block_without_air_is_found(site: Site, browse: Opener) -> None:
    page = browse("desktop")
    page.goto("/nl/contact")
    page.evaluate("document.querySelector('main').innerHTML = '<p>One</p><h2>Two</h2>'")

    assert len(page.evaluate(TOUCHING, LEAST)) == 1


def test_no_word_is_broken_on_a_phone(site: Site, browse: Opener) -> None:
    page, broken = browse("phone"), dict[str, list[str]]()
    for address in PUBLIC:
        page.goto(address)
        broken[address] = page.evaluate(BROKEN_WORDS)

    assert {address: words for address, words in broken.items() if words} == {}
    page.evaluate("document.querySelector('h1').style.inlineSize = '3rem'")
    assert page.evaluate(BROKEN_WORDS) != []
