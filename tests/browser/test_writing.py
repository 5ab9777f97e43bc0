"""What the script adds while somebody writes an application, and what an error page does without it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Site, press

TEXT = "Wij wassen samen, in één straat."
NO_NET = "window.fetch = () => Promise.reject(new Error('no net')); true"


def begin(page: Page) -> Page:
    """A fresh application, at its first part."""
    page.goto("/nl/kandidatuur/seeds")
    page.locator("#name").fill("Bruno Claes")
    page.locator("#email").fill("bruno@writing.example.be")
    press(page.locator("main form .actions button"))
    press(page.locator(".tasks a").first)
    return page


def write(page: Page, text: str) -> None:
    """Type into the first long answer with real keys, then leave it."""
    page.locator("textarea[data-limit]").first.press_sequentially(text)
    page.locator("textarea[data-limit]").first.blur()


def test_leaving_a_field_saves_it(site: Site, desktop: Page) -> None:
    page = begin(desktop)

    write(page, TEXT)

    expect(page.locator(".saved span")).to_contain_text("Bewaard om")
    page.reload()
    expect(page.locator("textarea[data-limit]").first).to_have_value(TEXT)


def test_the_counter_follows_and_is_spoken_near_the_limit(site: Site, desktop: Page) -> None:
    page = begin(desktop)
    area = page.locator("textarea[data-limit]").first
    limit = int(str(area.get_attribute("data-limit")))
    counter = page.locator(f"#{area.get_attribute('id')}-c")

    area.fill("a" * 10)
    expect(counter).to_contain_text("10 van de")
    area.fill("a" * (limit + 2))

    expect(counter).to_contain_text("2 te veel")
    expect(page.locator("form > .visually-hidden[role=status]")).to_contain_text("2 te veel")


def test_what_could_not_be_saved_is_said_and_not_left_unasked(site: Site, desktop: Page) -> None:
    page = begin(desktop)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.evaluate(NO_NET)

    write(page, TEXT)
    expect(page.locator(".saved")).to_have_text("Nog niet bewaard")
    page.reload()

    assert asked == ["beforeunload"]


@pytest.mark.parametrize("kind", ["desktop", "without javascript"])
def test_the_summary_of_errors_has_the_focus_and_leads_to_the_fields(site: Site, browse: Opener, kind: str) -> None:
    page = browse(kind)
    page.goto("/nl/kandidatuur/seeds")

    press(page.locator("main form .actions button"))

    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    assert page.title().startswith("Fout: ")
