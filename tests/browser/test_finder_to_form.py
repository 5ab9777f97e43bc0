"""A new visitor on a phone: from the home page through the finder and the check to a started application."""

import pytest
from playwright.sync_api import Locator, Page, expect

from app.applications.models import Application
from app.applications.queries import files
from app.core.db.base import db
from tests.browser.conftest import Opener, press
from tests.letters import Mailbox

MOST_TAPS = 16
FINDER = ("stage-start", "team-two", "place-brussels", "aim-purpose")


class Thumb:
    """Taps, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def choose(self, control: str) -> None:
        self.page.locator(f"label[for={control}]").tap()
        self.taps += 1

    def go(self, control: Locator) -> None:
        press(control)
        self.taps += 1

    def type(self, field: str, words: str) -> None:
        self.page.locator(field).fill(words)
        self.taps += 1


def is_seen_first(page: Page, place: str) -> None:
    """The place has the focus and stands in the first screen."""
    expect(page.locator(place)).to_be_focused()
    expect(page.locator(place)).to_be_in_viewport()


@pytest.mark.parametrize("scripts", ["phone", "phone without javascript"])
@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_from_home_to_a_started_application(browse: Opener, mailbox: Mailbox, lang: str, scripts: str) -> None:
    page = browse(scripts)
    thumb = Thumb(page)
    page.goto(f"/{lang}/")
    thumb.go(page.locator("main .actions a.button"))
    for answer in FINDER:
        thumb.choose(answer)
    thumb.go(page.locator("main form .actions button"))
    is_seen_first(page, "#fits")

    thumb.go(page.locator(".panel a.button"))
    assert page.locator("main fieldset").count() == 2
    thumb.choose("q3-0")
    thumb.choose("q6-0")
    page.locator("#municipality-0").select_option("21015")
    thumb.taps += 1
    thumb.go(page.locator("main form .actions button"))
    is_seen_first(page, "#result")

    thumb.go(page.locator("main .actions a.button"))
    thumb.type("#name", "Amina Haddad")
    thumb.type("#email", f"new@{lang}.example.be")
    thumb.go(page.locator("main form .actions button"))
    expect(page.locator(".note[role=status]")).to_contain_text(f"new@{lang}.example.be")
    assert thumb.taps <= MOST_TAPS

    file = files.open_file(db.session.query(Application).one())
    assert (file.answers["stage"], file.answers["municipalities"]) == ("test", ["21015"])
    press(page.locator(".tasks a").nth(1))
    expect(page.locator("input[name=stage][value=test]")).to_be_checked()
    expect(page.locator("input[name=municipalities][value='21015']")).to_be_checked()


@pytest.mark.parametrize("scripts", ["phone", "phone without javascript"])
def test_the_answers_survive_the_language_switch_on_every_page(browse: Opener, mailbox: Mailbox, scripts: str) -> None:
    page = browse(scripts)
    page.goto("/fr/quel-programme")
    for answer in FINDER:
        page.locator(f"label[for={answer}]").tap()
    press(page.locator("main form .actions button"))
    press(page.locator(".langs a"))
    for answer in FINDER:
        expect(page.locator(f"#{answer}")).to_be_checked()
    press(page.locator(".panel a.button"))
    press(page.locator(".langs a"))
    assert page.locator("main .verdict > div").count() == 4
    page.locator("label[for=q3-1]").tap()
    press(page.locator("button[value=switch]"))
    expect(page.locator("main .verdict > div")).to_have_count(5)
    page.locator("label[for=q6-0]").tap()
    press(page.locator("main form .actions button"))
    press(page.locator("main .actions a.button"))
    page.locator("#name").fill("Amina")
    press(page.locator("button[value=switch]"))
    expect(page.locator("#name")).to_have_value("Amina")
    expect(page.locator("[name=form-stage]")).to_have_value("test")
