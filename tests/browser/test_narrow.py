"""No page of an applicant, a reader or the team is wider than 320 px: both languages, folds opened (WCAG 1.4.10)."""

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions as casework
from app.contact import actions as contact
from app.core import clock
from app.core.db.base import db
from app.mail.models import OutgoingMail
from tests.browser.conftest import Opener, Site, press, too_wide
from tests.browser.test_accessibility import address_of
from tests.builders import an_application
from tests.people import AMINA, ELS, known
from tests.world import Tour, calls, daily, deciding, forms, meeting, reading, seeds

NARROW = {"viewport": {"width": 320, "height": 640}}
WORD = "Buurtgezondheidscoöperatieontwikkelingsmaatschappij"
NAME = "Anne-Sophie Vanderstraeteneeckhouttewijngaertdens"
ADDRESS = "annesophie.vanderstraeteneeckhouttewijngaert@cooperatieve-vennootschap-brussel.example"
LINK = "https://cooperatieve-vennootschap.example/een/lang/adres/dat/niemand/kan/afbreken?versie=definitief2027"
STICKING_OUT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 80)).slice(-3)"""
OPENED = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


def wide(page: Page, addresses: Iterable[str]) -> list[str]:
    """The pages that are wider than the screen."""
    found = []
    for address in addresses:
        page.goto(address)
        page.evaluate(OPENED)
        if by := too_wide(page):
            found.append(f"{address} is {by} px too wide: {page.evaluate(STICKING_OUT)}")
    return found


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_an_applicant_fit(site: Site, browse: Opener, lang: str) -> None:
    page = browse("desktop", **NARROW)
    page.goto(address_of(site, "applications_public.start", lang, slug="seeds"))
    page.locator("#name").fill("Zoë Janssens")
    page.locator("#email").fill("zoe@example.be")
    press(page.locator("main form button").first)
    sections = [str(link.get_attribute("href")) for link in page.locator(".tasks a").all()]
    key = sections[0].split("/")[3]
    parts = sections[0].rsplit("/", 1)[-1]
    places = [
        *[(f"applications_applicant.{name}", {"key": key}) for name in ("tasks", "check", "printable", "withdraw")],
        ("applications_applicant.my_files", {}),
        ("applications_together.team", {"key": key}),
        ("applications_writer.revisions", {"key": key, "part": parts}),
    ]

    found = []
    for section in sections:
        found += wide(page, [section])
        press(page.locator("main button[value=save]").last)  # with its mistakes
        if by := too_wide(page):
            found.append(f"{section} with mistakes is {by} px too wide")
    found += wide(page, [address_of(site, endpoint, lang, **values) for endpoint, values in places])

    assert "\n".join(found) == ""


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("room", [reading, meeting, deciding, forms, calls, daily])
def test_pages_of_the_rooms_fit(site: Site, browse: Opener, room: Callable[[], list[Tour]], lang: str) -> None:
    tours, found = room(), list[str]()
    tokens = [accounts.make_link(known(part), next_path="", at=clock.now()) for part, _pages in tours]
    db.session.commit()

    for token, (_part, pages) in zip(tokens, tours, strict=True):
        page = browse("desktop", **NARROW)
        page.goto(address_of(site, "accounts_public.open_link", lang, token=token))
        press(page.locator("main button[type=submit]"))
        found += wide(page, [address_of(site, endpoint, lang, **values) for endpoint, values in pages])

    assert "\n".join(found) == ""


def a_file_of_long_words() -> Application:
    """What people really write: a compound without a space, an address of many letters, a link."""
    person = accounts.get_or_create_person(ADDRESS, name=NAME, language="nl", at=clock.now())
    found = an_application(
        call=seeds(), person=person, state=State.ELIGIBLE, answers={"project_name": WORD, "need": f"{LINK} {WORD}"}
    )
    casework.write_to_applicant(found, f"{LINK} {WORD}", by=known(ELS), at=clock.now())
    casework.add_note(found, f"{LINK} {WORD}", by=known(ELS), at=clock.now())
    casework.tag([found], WORD[:30], by=known(ELS), at=clock.now())
    return found


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_long_words_fit(site: Site, browse: Opener, lang: str) -> None:
    file = a_file_of_long_words()
    letter = db.session.query(OutgoingMail).filter_by(kind="application_received").one()
    message = contact.receive("w" * 32, name=NAME, email=ADDRESS, language="fr", text=f"{LINK} {WORD}", at=clock.now())
    of_file, team = (
        {"key": file.key},
        [
            ("dashboard_staff.desk", {}),
            ("casework_staff.applications", {}),
            ("casework_staff.application", {"key": file.key}),
            *[(f"casework_together.{action}", {"file": [file.key]}) for action in ("step", "tag", "untag", "write")],
            ("decisions_staff.decisions", {}),
            ("decisions_staff.decide", {"key": file.key}),
            ("outbox_staff.letters", {}),
            ("outbox_staff.letter", {"letter_id": str(letter.id)}),
            ("outbox_wording.wordings", {}),
            ("outbox_wording.wording", {"kind": "application_received"}),
            ("contact_staff.messages", {}),
            ("contact_staff.message", {"key": message.key}),
            ("subscriptions_staff.subscribers", {}),
        ],
    )
    own = [
        *[(f"applications_applicant.{name}", of_file) for name in ("status", "received", "printable", "withdraw")],
        ("applications_applicant.my_files", {}),
        ("applications_together.team", of_file),
        ("privacy_person.my_data", {}),
        ("privacy_person.erase", {}),
    ]
    tokens = [accounts.make_link(one, next_path="", at=clock.now()) for one in (known(ELS), file.person)]
    db.session.commit()

    found = []
    for token, pages in zip(tokens, (team, own), strict=True):
        page = browse("desktop", **NARROW)
        page.goto(address_of(site, "accounts_public.open_link", lang, token=token))
        press(page.locator("main button[type=submit]"))
        found += wide(page, [address_of(site, endpoint, lang, **values) for endpoint, values in pages])

    assert "\n".join(found) == ""


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_languages_stand_at_the_end_of_the_header_on_each_page_of_an_applicant(
    site: Site, browse: Opener, lang: str
) -> None:
    """Also where the header names no call: the list of applications and My data."""
    page = browse("desktop")
    token = accounts.make_link(known(AMINA), next_path="", at=clock.now())
    db.session.commit()
    page.goto(address_of(site, "accounts_public.open_link", lang, token=token))
    press(page.locator("main form button").first)
    places = ("applications_applicant.my_files", "privacy_person.my_data")

    for name in places:
        page.goto(address_of(site, name, lang))
        ends = page.evaluate(
            "() => [document.querySelector('.apply-top .langs'), document.querySelector('.apply-top .wrap')]"
            ".map((one) => one.getBoundingClientRect().right - parseFloat(getComputedStyle(one).paddingRight))"
        )
        assert abs(ends[0] - ends[1]) < 2, name
