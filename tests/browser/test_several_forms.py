"""A staff page with several actions: pressing one button loses nothing that is typed beside it."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.meetings import actions as meetings
from tests.browser.conftest import Opener, Site, press
from tests.browser.test_apply_to_decision import sign_in
from tests.builders import a_call, an_application, both
from tests.people import ELS, known

NOTE = "Terugbellen over de cijfers."


@pytest.mark.slow("opens two pages of the team and sends six forms")
@pytest.mark.parametrize("kind", ["desktop", "without javascript"])
def test_pressing_one_button_keeps_what_is_typed_beside_it(site: Site, browse: Opener, kind: str) -> None:
    key = an_application(state=State.JURY).key
    db.session.commit()
    page = browse(kind)
    sign_in(page, site)
    page.goto(f"/nl/team/kandidaturen/{key}")

    page.locator("#note").fill(NOTE)
    page.locator("#name").fill("dringend")
    press(page.get_by_role("button", name="Voeg het label toe"))
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("#name")).to_have_value("")
    press(page.get_by_role("button", name="Bewaar de nota"))
    expect(page.locator("#note")).to_have_value("")
    page.locator("#note").fill(NOTE)
    press(page.get_by_role("button", name="Verstuur het bericht"))  # refused: it is shown at another address
    expect(page.locator("#note")).to_have_value(NOTE)

    page.goto(f"/nl/team/beslissingen/{key}")
    page.locator("#reason").fill(NOTE)
    page.locator("input[name=outcome]").first.check()
    page.locator("input[name=advice]").first.check()
    press(page.get_by_role("button", name="Bewaar de aanbeveling"))
    expect(page.locator("#reason")).to_have_value(NOTE)
    expect(page.locator("input[name=outcome]").first).to_be_checked()


@pytest.mark.slow("opens a browser with and without script")
@pytest.mark.parametrize("kind", ["desktop", "without javascript"])
def test_the_enter_key_takes_no_step_of_the_file(site: Site, browse: Opener, kind: str) -> None:
    """With the script it presses the button of the field's own action, without one it keeps what was typed."""
    key = an_application(state=State.JURY).key
    db.session.commit()
    page = browse(kind)
    sign_in(page, site)
    page.goto(f"/nl/team/kandidaturen/{key}")

    page.locator("#note").fill(NOTE)
    page.locator("#name").fill("dringend")
    with page.expect_navigation():
        page.locator("#name").press("Enter")

    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("#name")).to_have_value("" if kind == "desktop" else "dringend")
    db.session.rollback()
    assert db.session.scalars(select(Application.state)).one() == State.JURY


def test_a_form_beside_others_keeps_its_text_in_the_tab_until_signing_out(site: Site, browse: Opener) -> None:
    call, els = a_call(), known(ELS)
    at = call.opens_at
    meeting = meetings.plan(
        call, at, place=both("Sint-Gillis", "Sint-Gillis"), quorum=2, minutes_each=10, by=els, at=at
    )
    key = meeting.key
    db.session.commit()
    page = browse("desktop")
    sign_in(page, site)
    page.goto(f"/nl/team/jury/{key}/voorbereiden")

    page.locator("#place_nl").fill("Elsene")
    page.locator("#person").select_option(index=0)
    press(page.get_by_role("button", name="Een plaats of een rol toekennen"))
    expect(page.locator("#place_nl")).to_have_value("Elsene")

    page.locator("#place_nl").fill("Weg.")
    press(page.get_by_role("button", name="Afmelden"))
    assert page.evaluate("Object.keys(sessionStorage)") == []
