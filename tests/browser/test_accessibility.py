"""axe finds nothing and nothing scrolls sideways: every page, both languages, phone and desktop, light and dark."""

from typing import Any

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.accounts.rules import Purpose
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from tests.browser.conftest import (
    Opener,
    Site,
    does_not_scroll_sideways,
    focus_is_seen,
    in_the_dark,
    no_axe_violations,
    no_axe_violations_in_both_themes,
    press,
)
from tests.builders import an_application
from tests.people import ELS, known

PUBLIC = [
    ("site_public.home", {}),
    ("programmes_public.programmes", {}),
    ("programmes_public.programme", {"slug": "seeds"}),
    ("programmes_public.finder", {"stage": "start", "place": "other"}),
    ("programmes_public.open_calls", {}),
    ("programmes_check.conditions", {"slug": "seeds", "stage": "start", "team": "two"}),
    ("enterprises_public.showcase", {}),
    ("enterprises_public.showcase", {"q": "zzz"}),
    ("enterprises_public.enterprise", {"slug": "casa-legal"}),
    ("impact_public.impact", {}),
    ("impact_public.street", {}),
    ("site_public.search", {"q": "coopcity"}),
    ("api_public.open_data", {}),
    ("content_public.terms", {}),
    ("events_public.agenda", {}),
    ("content_public.news", {}),
    ("content_public.about", {}),
    ("contact_public.contact", {}),
    ("content_public.privacy", {}),
    ("content_public.accessibility", {}),
    ("accounts_public.sign_in", {}),
    ("applications_public.start", {"slug": "seeds", "stage": "start", "team": "two", "municipality": "21015"}),
]
KINDS = ["desktop", "phone"]  # each in the light and in the dark
NARROW = {"width": 320, "height": 640}


def look(page: Page, address: str) -> None:
    """Open, and have it looked at."""
    page.goto(address)
    no_axe_violations(page)
    does_not_scroll_sideways(page)
    focus_is_seen(page)
    in_the_dark(page, lambda dark: no_axe_violations(dark, "color-contrast"), focus_is_seen)


def address_of(site: Site, endpoint: str, lang: str, **values: Any) -> str:
    """The path of a page."""
    with site.app.test_request_context():
        from flask import url_for  # noqa: PLC0415 - only here

        return url_for(endpoint, lang=lang, **values)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_public_pages(site: Site, browse: Opener, kind: str, lang: str) -> None:
    page = browse(kind)
    for endpoint, values in PUBLIC:
        look(page, address_of(site, endpoint, lang, **values))
    look(page, f"/{lang}/no-such-page")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_an_applicant(site: Site, browse: Opener, kind: str, lang: str) -> None:
    page = browse(kind)
    page.goto(address_of(site, "applications_public.start", lang, slug="seeds"))
    press(page.locator("main form .actions button"))
    no_axe_violations_in_both_themes(page)
    page.locator("#name").fill("Zoë Janssens")
    page.locator("#email").fill("zoe@example.be")
    press(page.locator("main form .actions button"))
    no_axe_violations_in_both_themes(page)
    sections = [link.get_attribute("href") for link in page.locator(".tasks a").all()]
    for section in sections:
        look(page, str(section))
        press(page.locator("main button[value=save]").last)
        no_axe_violations_in_both_themes(page)
        does_not_scroll_sideways(page)
    key = str(sections[0]).split("/")[3]
    for endpoint in ("check", "printable", "withdraw", "my_files"):
        values = {} if endpoint == "my_files" else {"key": key}
        look(page, address_of(site, f"applications_applicant.{endpoint}", lang, **values))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_the_team(site: Site, browse: Opener, kind: str, lang: str) -> None:
    call = db.session.query(Call).filter_by(key="seeds").one()
    jury, fresh = an_application(call=call, state=State.JURY), an_application(call=call, submitted=True)
    token = accounts.make_link(known(ELS), purpose=Purpose.PRINTED, next_path="", at=clock.now())
    keys = jury.key, fresh.key
    db.session.commit()
    page = browse(kind)
    page.goto(address_of(site, "accounts_public.open_link", lang, token=token))
    no_axe_violations_in_both_themes(page)
    press(page.locator("main button"))

    for endpoint, values in [
        ("dashboard_staff.desk", {}),
        ("casework_staff.applications", {}),
        ("casework_staff.application", {"key": keys[0]}),
        ("casework_staff.application", {"key": keys[1]}),
        ("decisions_staff.decisions", {}),
        ("decisions_staff.decide", {"key": keys[0]}),
        ("decisions_staff.feedback", {"key": keys[0]}),
        ("decisions_calls.of_call", {"key": "seeds"}),
        ("decisions_calls.check", {"key": "seeds"}),
        ("decisions_reserve.reserve", {"key": "seeds"}),
        ("events_staff.events", {}),
        ("contact_staff.messages", {}),
        ("content_staff.pages", {}),
        ("content_staff.page", {"key": "demo_note"}),
    ]:
        look(page, address_of(site, endpoint, lang, **values))


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_public_pages_reflow_at_320_px(site: Site, browse: Opener, lang: str) -> None:
    page = browse("desktop", viewport=NARROW)
    for endpoint, values in PUBLIC:
        page.goto(address_of(site, endpoint, lang, **values))
        does_not_scroll_sideways(page)


def test_a_colour_that_vanishes_in_the_dark_is_found(site: Site, desktop: Page) -> None:
    desktop.goto("/nl/privacy")
    desktop.evaluate("document.querySelector('main h2').style.color = '#1c1c1c'")
    no_axe_violations(desktop, "color-contrast")

    with pytest.raises(AssertionError, match="color-contrast"):
        in_the_dark(desktop, lambda dark: no_axe_violations(dark, "color-contrast"))
