"""The second net: a connection that goes, a sign-in that ends, an answer that never comes; the text is there."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from app.applications.models import Application
from app.applications.queries import files
from app.core.db.base import db
from tests.browser.conftest import Opener, Site, press
from tests.browser.test_apply_to_decision import PDF, start
from tests.letters import Mailbox

TEXT = "Een wasplaats waar buren elkaar leren kennen."
SAVED, AUTOSAVE = re.compile("^Bewaard om"), "**/bewaren"
NAME = "#contact_first_name"
# A copy of other text, kept at this instant, as the script keeps it.
PUT_ASIDE = """(at) => {
  const form = document.querySelector("form[data-autosave]");
  addEventListener("pagehide", () => localStorage.setItem(`coopcity ${form.dataset.autosave}`, JSON.stringify(
    {at, who: form.dataset.who, fields: [["contact_first_name", "Een andere naam"]]})));
}"""


@pytest.fixture
def page(browse: Opener) -> Page:
    """A phone on the first part of a new application, whose connection the test may take away."""
    opened = browse("phone", troubled=True)
    start(opened, "nl")
    return opened


def kept() -> str:
    """What the server has."""
    db.session.rollback()
    application = db.session.query(Application).order_by(Application.id.desc()).first()
    assert application is not None
    found = str(files.open_file(application).answers.get("contact_first_name", ""))
    db.session.rollback()  # an open transaction would keep the server waiting
    return found


def leave_with_text(page: Page, context: BrowserContext) -> None:
    """Type while nothing arrives, and close the page."""
    context.set_offline(True)
    page.locator(NAME).fill(TEXT)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_contain_text("op dit toestel")


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(site: Site, page: Page) -> None:
    leave_with_text(page, page.context)
    assert kept() != TEXT

    page.context.set_offline(False)

    expect(page.locator(".saved")).to_have_text(SAVED)
    assert kept() == TEXT
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_page_closed_without_a_connection_offers_its_text_again(site: Site, page: Page) -> None:
    leave_with_text(page, page.context)
    address, context = page.url, page.context
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(address)
    expect(again.locator(NAME)).not_to_have_value(TEXT)
    again.get_by_role("button", name="Terugzetten").click()

    expect(again.locator(".saved")).to_have_text(SAVED)
    expect(again.locator(NAME)).to_have_value(TEXT)
    assert kept() == TEXT
    again.reload()
    expect(again.get_by_role("button", name="Terugzetten")).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "moment"),
    [("nl", "maandag 1\u00a0februari 2027 om 9.05\u00a0uur"), ("fr", "lundi 1er\u00a0février 2027 à 9\u00a0h\u00a005")],
)
def test_the_text_on_this_device_is_dated_as_everywhere(site: Site, browse: Opener, lang: str, moment: str) -> None:
    at = datetime(2027, 2, 1, 8, 5, tzinfo=UTC)
    page = browse("phone")
    page.clock.set_fixed_time(at)
    start(page, lang)
    page.evaluate(PUT_ASIDE, at.timestamp() * 1000)

    page.reload()

    expect(page.locator(".note p").first).to_contain_text(moment)


@pytest.mark.parametrize(
    ("field", "minutes", "revision", "offered"),
    [
        ("contact_first_name", 5, 0, True),  # typed after what is stored, on an older page
        ("contact_first_name", -600, None, True),  # typed on what is stored, whatever the device's clock says
        ("contact_first_name", -600, 0, False),  # older than what is stored
        ("project_name", 5, None, False),  # a question that is not on this page
    ],
)
def test_only_newer_text_of_open_questions_is_offered_again(
    site: Site, browse: Opener, field: str, minutes: int, revision: int | None, offered: bool
) -> None:
    page = browse("phone")
    start(page, "nl")
    page.locator(NAME).fill(TEXT)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_have_text(SAVED)
    page.evaluate(
        """([field, minutes, revision]) => {
          const form = document.querySelector("form[data-autosave]");
          addEventListener("pagehide", () => localStorage.setItem(`coopcity ${form.dataset.autosave}`, JSON.stringify({
            at: Date.now() + minutes * 60000, who: form.dataset.who, fields: [[field, "Een andere naam"]],
            revision: revision ?? Number(form.elements.revision.value)})));
        }""",
        [field, minutes, revision],
    )

    page.reload()

    expect(page.get_by_role("button", name="Terugzetten")).to_have_count(int(offered))
    if offered:
        family = page.locator("#contact_last_name").input_value()
        page.get_by_role("button", name="Terugzetten").click()
        expect(page.locator(NAME)).to_have_value("Een andere naam")
        expect(page.locator("#contact_last_name")).to_have_value(family)


def test_text_that_is_thrown_away_does_not_come_back(site: Site, page: Page) -> None:
    leave_with_text(page, page.context)
    address, context = page.url, page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    again.get_by_role("button", name="Verwijderen").click()
    again.reload()

    expect(again.get_by_role("button", name="Verwijderen")).to_have_count(0)
    assert kept() != TEXT


def test_a_sign_in_that_ended_keeps_the_text_until_the_next_one(site: Site, page: Page, mailbox: Mailbox) -> None:
    address = page.url
    page.context.clear_cookies()
    page.locator(NAME).fill(TEXT)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_contain_text("afgemeld")

    other = page.context.new_page()
    link = mailbox.link("application_started")
    db.session.rollback()
    other.goto(link)
    press(other.locator("main button"))
    press(other.get_by_role("button", name="Verdergaan met deze kandidatuur"))
    other.goto(address)
    other.get_by_role("button", name="Terugzetten").click()

    expect(other.locator(".saved")).to_have_text(SAVED)
    assert kept() == TEXT


def test_an_answer_that_never_comes_doubles_and_loses_nothing(site: Site, page: Page) -> None:
    """The server saved and died before it could say so; the page saves again and finds the same text."""

    def silent(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(AUTOSAVE, silent, times=1)
    page.locator(NAME).fill(TEXT)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_contain_text("Nog niet bewaard")
    assert kept() == TEXT

    press(page.get_by_role("button", name="Bewaar en kom later terug"))

    assert page.url.endswith("/invullen")
    assert kept() == TEXT


def test_files_show_how_far_they_are_and_a_refusal_keeps_what_was_typed(site: Site, page: Page, tmp_path: Path) -> None:
    page.goto(re.sub("/deel/.*", "/deel/practical", page.url))
    for name, content in (("plan.pdf", PDF), ("plan.exe", b"MZ\x00\x00")):
        (tmp_path / name).write_bytes(content)

    page.locator("#attachments").set_input_files([tmp_path / "plan.pdf", tmp_path / "plan.exe"])
    page.get_by_role("button", name="Bewaar en ga verder").click()

    expect(page.locator(".error-summary")).to_contain_text("plan.exe")
    expect(page.locator(".files li")).to_have_count(1)
    expect(page.locator(".files")).to_contain_text("plan.pdf")
    page.get_by_role("button", name=re.compile("^Verwijder")).click()
    page.get_by_role("button", name="Het bestand verwijderen").click()
    expect(page.locator(".files li")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Ongedaan maken")).click()
    expect(page.locator(".files li")).to_have_count(1)


def test_files_that_are_too_large_are_not_sent_at_all(site: Site, page: Page, tmp_path: Path) -> None:
    page.goto(re.sub("/deel/.*", "/deel/practical", page.url))
    (tmp_path / "groot.pdf").write_bytes(PDF + b"\x00" * 20_000_000)
    page.locator("#attachments").set_input_files([tmp_path / "groot.pdf"])

    page.get_by_role("button", name="Bewaar en ga verder").click()

    expect(page.locator("form .error")).to_contain_text("te groot")


def test_two_windows_and_a_restored_copy_lose_and_offer_nothing_wrong(site: Site, page: Page) -> None:
    """The copy of a page with a choice holds answers alone, ends when the choice is saved, and is never dropped."""
    address, other = page.url, page.context.new_page()
    other.goto(address)
    page.locator(NAME).fill("Van hier")
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_have_text(SAVED)
    other.locator(NAME).fill("Van daar")
    other.locator(NAME).blur()
    expect(other.locator(".saved")).to_contain_text("in een ander venster")
    press(other.get_by_role("button", name="Bewaar en kom later terug"))
    other.goto(address)
    other.get_by_role("button", name="Terugzetten").click()

    expect(other.locator("pre.note")).to_have_count(0)
    expect(other.locator(NAME)).to_have_value("Van daar")
    expect(other.locator(".saved")).to_have_text(SAVED)
    page.locator(NAME).fill("Nog later")
    press(page.get_by_role("button", name="Bewaar en kom later terug"))
    press(page.get_by_role("button", name="Bewaar en kom later terug"))
    assert kept() == "Nog later"
    page.goto(address)
    expect(page.get_by_role("button", name="Terugzetten")).to_have_count(0)

    press(other.get_by_role("button", name="Bewaar en kom later terug"))

    expect(other.locator("#stale")).to_be_visible()
    expect(other.locator(NAME)).to_have_value("Van daar")
    press(other.locator("button[value^='mine:']"))
    assert kept() == "Van daar"
