"""Printed pages: the first one is not empty, and what is folded away on the screen stands open on paper."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from app.accounts import actions as accounts
from app.core import clock
from app.core.db.base import db
from tests.browser.conftest import Opener, Site, press
from tests.builders import a_person, an_application

LOWEST, QUESTIONS = {"nl": "1. Geen", "fr": "1. Aucun"}, {"nl": "In welke taal", "fr": "Dans quelle langue"}
SAMPLE = {"nl": "Het wassalon in onze straat", "fr": "Le salon-lavoir de notre rue"}
PAGE_NUMBER = re.compile(r"\d+ / \d+$")
MOST_PAGES = 10
MOST_PAGES_OF_FIGURES, MOST_PAGES_OF_AN_ENTERPRISE = 3, 2
ENOUGH = 500  # characters; a home page that printed its headline alone had 214


def printed(page: Page) -> list[str]:
    return [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def ends_with_a_heading(text: str, page: Page) -> bool:
    """True when a heading stands alone at the foot of a printed page."""
    headings = {" ".join(one.split()) for one in page.locator("h2, h3").all_inner_texts()}
    lines = [" ".join(one.split()) for one in text.splitlines() if one.strip() and not PAGE_NUMBER.match(one.strip())]
    return bool(lines) and lines[-1] in headings


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_are_printed_whole(site: Site, browse: Opener, tmp_path: Path, lang: str) -> None:
    page = browse("without javascript")
    beforehand = {"nl": "/nl/programmas/seeds/vooraf", "fr": "/fr/programmes/seeds/a-lire-avant"}[lang]

    page.goto(f"/{lang}/")
    assert len(printed(page)[0]) > ENOUGH
    page.goto(beforehand)
    found = printed(page)
    assert len(found[0]) > ENOUGH
    assert len(found) < MOST_PAGES
    assert [number for number, text in enumerate(found, 1) if len(text) < ENOUGH] in ([], [len(found)])
    assert LOWEST[lang] in "".join(found)
    assert QUESTIONS[lang] in "".join(found)
    assert SAMPLE[lang] in "".join(found)
    assert [text for text in found if ends_with_a_heading(text, page)] == []
    page.goto({"nl": "/nl/impact", "fr": "/fr/impact"}[lang])
    found = printed(page)
    assert len(found[0]) > ENOUGH / 2
    assert len(found) <= MOST_PAGES_OF_FIGURES
    page.goto({"nl": "/nl/ondernemingen/coopiteasy", "fr": "/fr/entreprises/coopiteasy"}[lang])
    assert len(printed(page)) <= MOST_PAGES_OF_AN_ENTERPRISE


def test_my_text_is_a_sheet_on_the_screen_and_on_paper(site: Site, browse: Opener) -> None:
    page, person = browse("desktop"), a_person()
    draft = an_application(person=person)
    token = accounts.make_link(person, next_path=f"/nl/mijn-dossier/{draft.key}/afdrukken", at=clock.now())
    db.session.commit()
    page.goto(f"/nl/aanmelden/{token}")
    press(page.locator("main form button").first)
    page.wait_for_url("**/afdrukken")

    logo, main = page.locator(".sheet-top .logo").bounding_box(), page.locator("main").bounding_box()
    assert logo
    assert main
    assert logo["width"] < 200, "the arches of the mark are small"
    assert main["x"] > 100, "the text has margins"
    found = printed(page)
    assert len(found) > 1
    assert [text for text in found if "Concept, niet ingediend" not in text] == []
