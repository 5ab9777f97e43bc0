"""Every page of the team's and the readers' rooms that no other test looks at: axe, nothing sideways, one title."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.accounts.rules import Purpose
from app.core import clock
from app.core.db.base import db
from tests.browser.conftest import Opener, Site, axe_finds, kept, press, too_wide, unseen_focus
from tests.browser.test_accessibility import address_of
from tests.people import known
from tests.world import Tour, calls, daily, deciding, forms, meeting, reading


def issues(page: Page, address: str, picture: str) -> Iterator[str]:
    """What is wrong with the page at this address, folds opened."""
    answer = page.goto(address)
    assert answer is not None
    kept(page, picture)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    if not answer.ok:
        yield f"{address} answers {answer.status}"
    yield from (f"{address}: {issue}" for issue in axe_finds(page))
    if wide := too_wide(page):
        yield f"{address} is {wide} px too wide"
    yield from (f"{address}: focus is not seen on {stop}" for stop in unseen_focus(page))
    if (titles := page.locator("h1").count()) != 1:
        yield f"{address} has {titles} titles"


@pytest.mark.parametrize(("kind", "lang"), [("desktop", "nl"), ("dark phone", "fr")])
@pytest.mark.parametrize("room", [reading, meeting, deciding, forms, calls, daily])
def test_every_page(site: Site, browse: Opener, room: Callable[[], list[Tour]], kind: str, lang: str) -> None:
    tours, found = room(), list[str]()
    tokens = [
        accounts.make_link(known(part), purpose=Purpose.PRINTED, next_path="", at=clock.now()) for part, _pages in tours
    ]
    db.session.commit()

    for token, (_part, pages) in zip(tokens, tours, strict=True):
        page = browse(kind)
        page.goto(address_of(site, "accounts_public.open_link", lang, token=token))
        press(page.locator("main button[type=submit]"))
        for number, (endpoint, values) in enumerate(pages):
            picture = f"{room.__name__}-{number:02}-{endpoint}-{lang}-{kind}".replace(" ", "-")
            found += issues(page, address_of(site, endpoint, lang, **values), picture)

    assert found == []
