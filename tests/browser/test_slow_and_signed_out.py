"""A net that is slow and then gone, a button pressed twice, a sign-in that ends: the text is intact, once."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.accounts import actions as accounts
from app.accounts.models import SignIn
from app.applications.models import Application, Submission
from app.applications.queries import files
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from tests.browser.conftest import Opener, Site, press
from tests.browser.test_apply_to_decision import start
from tests.browser.test_nothing_is_lost import NAME, SAVED, TEXT, kept
from tests.builders import an_application
from tests.letters import Mailbox
from tests.people import BRUNO, known

SLOW = {"latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
LONG, LONGER = "#team_why", "Samen kennen we de wijk, en samen leren we de rest."
PHONE = {"width": 360, "height": 740}


class Net:
    """The connection of a page: two seconds for each answer and 50 kB a second, or none at all."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self.is_there(True)

    def is_there(self, there: bool) -> None:
        """Slow, or gone."""
        self._session.send("Network.emulateNetworkConditions", SLOW | {"offline": not there})


def newest() -> Application:
    """The application that was begun last."""
    db.session.rollback()
    found = db.session.scalars(select(Application).order_by(Application.id.desc())).first()
    assert found is not None
    return found


def test_a_button_overtakes_a_slow_saving_and_nothing_is_lost(site: Site, browse: Opener) -> None:
    page = browse("phone", viewport=PHONE, troubled=True)
    start(page, "nl")
    net = Net(page)

    with page.expect_request("**/bewaren"):
        page.locator(NAME).fill(TEXT)
        page.locator(NAME).blur()
    page.locator(LONG).fill(LONGER)
    press(page.locator("main button[value=save]").last)

    assert kept() == TEXT
    assert files.open_file(newest()).answers["team_why"] == LONGER
    db.session.rollback()
    expect(page.locator(NAME)).to_have_value(TEXT)  # other answers are still to give: the same part, with all its text
    net.is_there(False)
    page.locator(NAME).fill(LONGER)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_contain_text("op dit toestel")
    net.is_there(True)
    expect(page.locator(".saved")).to_have_text(SAVED)
    assert kept() == LONGER


def test_handing_in_twice_on_a_slow_net_is_handing_in_once(site: Site, browse: Opener, mailbox: Mailbox) -> None:
    person = known(BRUNO)
    draft = an_application(call=db.session.query(Call).filter_by(key="seeds").one(), person=person)
    key, token = draft.key, accounts.make_link(person, next_path="", at=clock.now())
    db.session.commit()
    page = browse("phone", viewport=PHONE, troubled=True)
    page.goto(f"/nl/aanmelden/{token}")
    press(page.locator("main button"))
    page.goto(f"/nl/mijn-dossier/{key}/nakijken")
    page.locator("#privacy_read").check()
    page.locator("#truthful").check()
    Net(page)

    page.get_by_role("button", name="Mijn kandidatuur indienen").dblclick(no_wait_after=True)

    page.wait_for_url("**/ontvangen")
    expect(page.locator(".receipt .num")).to_have_text(str(newest().reference))
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1
    assert mailbox.kinds.count("application_received") == 1


@pytest.mark.parametrize("kind", ["phone", "phone without javascript"])
def test_what_was_sent_after_the_sign_in_ended_stands_on_the_page(
    site: Site, browse: Opener, mailbox: Mailbox, kind: str
) -> None:
    page = browse(kind, viewport=PHONE, troubled=True)
    start(page, "nl")
    address = page.url
    for one in db.session.scalars(select(SignIn)):
        accounts.end_session(one, at=clock.now())
    db.session.commit()

    page.locator(NAME).fill(TEXT)
    press(page.locator("main button[value=save]").last)

    expect(page.locator("h1")).to_contain_text("Je bent niet meer aangemeld")
    assert TEXT in [area.input_value() for area in page.locator("main textarea[readonly]").all()]
    link = mailbox.link("application_started")
    db.session.rollback()  # an open transaction would keep the server waiting
    page.goto(link)
    press(page.locator("main button"))
    press(page.get_by_role("button", name="Verdergaan met deze kandidatuur"))
    page.goto(address)
    expect(page.locator(NAME)).to_have_value(TEXT)  # kept by the server for this browser
    press(page.locator("main button[value=later]"))
    assert kept() == TEXT


@pytest.mark.parametrize(
    ("address", "words"), [("/nl/contact", "Geen verbinding."), ("/fr/contact", "Pas de connexion.")]
)
def test_a_form_sent_without_a_connection_stays_with_its_text(
    site: Site, browse: Opener, address: str, words: str
) -> None:
    page = browse("phone", troubled=True)
    page.goto(address)
    page.locator("main textarea").first.fill(TEXT)
    net = Net(page)

    net.is_there(False)
    page.locator("main form button").last.click()

    line = page.locator(".unsaved")
    expect(line).to_be_focused()
    expect(line).to_contain_text(words)
    expect(page.locator("main textarea").first).to_have_value(TEXT)

    net.is_there(True)
    expect(line).to_be_hidden()
    press(page.locator("main form button").last)
    expect(page.locator("main textarea").first).to_have_value(TEXT)  # a name and an address are still asked for
