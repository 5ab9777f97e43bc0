"""What people wrote stays: two windows, no connection, Back after a mistake, the other language, signing out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Site, does_not_scroll_sideways, no_axe_violations, press
from tests.browser.test_apply_to_decision import start
from tests.browser.test_nothing_is_lost import NAME, TEXT, kept

OTHER = "Een fietsatelier."


def save(page: Page) -> None:
    press(page.locator("main button[value=save]").last)


@pytest.mark.parametrize("kind", ["phone", "without javascript"])
@pytest.mark.parametrize(("side", "stored"), [("theirs", OTHER), ("mine", TEXT)])
def test_the_answer_chosen_in_the_second_window_is_stored(
    site: Site, browse: Opener, kind: str, side: str, stored: str
) -> None:
    page = browse(kind, troubled=True)
    start(page, "nl")
    second = page.context.new_page()
    second.goto(page.url)
    page.locator(NAME).fill(OTHER)
    save(page)

    second.locator(NAME).fill(TEXT)
    save(second)
    expect(second.locator(".choose ins").first).to_be_visible()
    if kind == "phone":
        no_axe_violations(second)
        does_not_scroll_sideways(second)
    assert kept() == OTHER
    press(second.locator(f"button[value='{side}:contact_first_name']"))

    expect(second.locator(NAME)).to_have_value(stored)
    expect(second.locator(".note")).to_contain_text("Voornaam van de contactpersoon")
    assert kept() == stored


def test_without_a_connection_the_button_keeps_the_text_and_says_so_beside_it(site: Site, browse: Opener) -> None:
    page = browse("phone", troubled=True)
    start(page, "nl")
    address = page.url
    page.context.set_offline(True)
    page.locator("#team_why").fill(TEXT)

    page.locator("main button[value=save]").last.click()

    said = page.locator(".unsaved")
    expect(said).to_contain_text("op dit toestel")
    page.locator("#team_why").scroll_into_view_if_needed()
    expect(said).to_be_in_viewport()
    assert page.url == address
    assert page.locator("#team_why").input_value() == TEXT
    page.context.set_offline(False)
    expect(said).to_be_hidden()


@pytest.mark.parametrize("kind", ["desktop", "without javascript"])
def test_back_after_a_mistake_shows_the_page_and_what_was_typed_since(site: Site, browse: Opener, kind: str) -> None:
    page = browse(kind)
    page.goto("/nl/contact")
    page.locator("#name").fill("Zoë")
    press(page.locator("main form .actions button"))
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("#text").fill(TEXT)
    press(page.locator("header a").first)

    page.go_back()

    expect(page.locator(".error-summary")).to_be_visible()
    assert (page.locator("#name").input_value(), page.locator("#text").input_value()) == ("Zoë", TEXT)


def test_the_link_to_the_other_language_takes_along_what_was_typed(site: Site, browse: Opener) -> None:
    page = browse("phone")
    page.goto("/nl/contact")
    page.locator("#text").fill(TEXT)

    press(page.locator(".langs a"))

    expect(page.locator("html")).to_have_attribute("lang", "fr-BE")
    expect(page.locator("#text")).to_have_value(TEXT)
    expect(page.locator(".error-summary")).to_have_count(0)


def test_signing_out_leaves_no_copy_on_the_device(site: Site, browse: Opener) -> None:
    page = browse("phone", troubled=True)
    start(page, "nl")
    page.route("**/bewaren", lambda route: route.abort())
    page.locator(NAME).fill(TEXT)
    assert TEXT in page.evaluate("JSON.stringify(localStorage)")
    other = page.context.new_page()
    other.goto("/nl/mijn-dossier")

    press(other.get_by_role("button", name="Afmelden"))

    assert other.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("kind", ["phone", "without javascript"])
def test_back_from_a_body_that_was_too_large_still_has_the_text(site: Site, browse: Opener, kind: str) -> None:
    page = browse(kind, troubled=True)
    page.goto(site.address("/nl/contact"))
    page.locator("#name").fill("Zoë Janssens")
    page.locator("#text").fill("Een vraag. " * 200_000)
    press(page.locator("main button[type=submit]").last)
    expect(page.locator("h1")).to_contain_text("Wat je verstuurde, is te groot")

    page.go_back()

    expect(page.locator("#name")).to_have_value("Zoë Janssens")
    assert page.locator("#text").input_value().startswith("Een vraag. Een vraag. ")
