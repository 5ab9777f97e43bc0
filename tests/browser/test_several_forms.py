"""A staff page with several forms: sending one of them loses nothing that is typed in the others."""

from playwright.sync_api import expect

from app.applications.rules.states import State
from app.core.db.base import db
from tests.browser.conftest import Opener, Site, press
from tests.browser.test_apply_and_be_told import sign_in
from tests.builders import an_application

NOTE = "Terugbellen over de cijfers."


def test_sending_one_form_keeps_what_is_typed_in_the_others(site: Site, browse: Opener) -> None:
    key = an_application(state=State.JURY).key
    db.session.commit()
    page = browse("desktop")
    sign_in(page, site)
    page.goto(f"/nl/team/kandidaturen/{key}")

    page.locator("#note").fill(NOTE)
    page.locator("#name").fill("dringend")
    press(page.locator("form:has(#name) button"))
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("#name")).to_have_value("")
    press(page.locator("form:has(#note) button"))
    expect(page.locator("#note")).to_have_value("")
    page.locator("#note").fill(NOTE)
    press(page.locator("form:has(#reply) button").first)  # refused: it is shown at another address
    expect(page.locator("#note")).to_have_value(NOTE)

    page.goto(f"/nl/team/beslissingen/{key}")
    page.locator("#reason").fill(NOTE)
    page.locator("input[name=outcome]").first.check()
    page.locator("input[name=advice]").first.check()
    press(page.get_by_role("button", name="Bewaar de aanbeveling"))
    expect(page.locator("#reason")).to_have_value(NOTE)
    expect(page.locator("input[name=outcome]").first).to_be_checked()

    page.locator("#reason").fill("Weg.")
    press(page.get_by_role("button", name="Afmelden"))
    assert page.evaluate("Object.keys(sessionStorage)") == []
