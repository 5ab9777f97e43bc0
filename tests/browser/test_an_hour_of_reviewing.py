"""A juror's hour: twelve files scored by keyboard alone; and the pages of a reader before axe."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts import actions as accounts
from app.accounts.rules import Purpose
from app.applications.models import Application
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from app.review.models import Review
from tests.browser.conftest import (
    Opener,
    Site,
    does_not_scroll_sideways,
    kept,
    no_axe_violations_in_both_themes,
    press,
)
from tests.builders import a_person, a_version, the_form
from tests.people import CHLOE, DAAN, known
from tests.review.scenes import a_plan, a_read_call, handed_in_again, in_review
from tests.selection import a_review, an_assignment

FILES = 12


@pytest.fixture
def call(site: Site) -> Call:
    """A call that is being read; a reason is needed under 3."""
    made = a_read_call()
    for criterion in made.criteria:
        criterion.reason_under = 3
    return made


def enter(page: Page, lang: str = "nl") -> None:
    """Sign in by a mailed link."""
    token = accounts.make_link(known(CHLOE), purpose=Purpose.PRINTED, next_path="", at=clock.now())
    db.session.commit()
    page.goto(f"/{lang}/{'aanmelden' if lang == 'nl' else 'connexion'}/{token}")
    press(page.locator("main button"))


@pytest.mark.timeout(300)  # seconds of a machine that others use too; alone it takes a tenth
def test_a_jurors_hour(site: Site, call: Call, desktop: Page) -> None:
    """Digits score, m opens a reason, Ctrl Enter saves and goes on, Ctrl Shift Enter finishes: no mouse."""
    for number in range(FILES):
        an_assignment(in_review(call, a_person(f"Ploeg {number}")), known(CHLOE))
    db.session.commit()
    keys = desktop.keyboard
    enter(desktop)
    desktop.goto("/nl/team/lezen")
    desktop.locator("a.button").focus()
    with desktop.expect_navigation():
        keys.press("Enter")

    for number in range(FILES):
        expect(desktop.locator("main")).to_contain_text(f"{number + 1} van {FILES}")
        for key in ("j", "4", "j", "x", "j", "2", "m"):
            keys.press(key)
        keys.type("j4x: het plan is vaag")
        keys.press("Escape")
        expect(desktop.locator("output")).to_have_text("68,6")
        with desktop.expect_navigation():
            keys.press("Control+Shift+Enter")
        expect(desktop.locator("[role=status]").first).to_contain_text("afgewerkt")
        if number + 1 < FILES:
            with desktop.expect_navigation():
                keys.press("j")
    desktop.goto("/nl/team/lezen")

    expect(desktop.locator("main")).to_contain_text("12 van 12 gelezen")
    db.session.expire_all()
    scores = [
        [mark.score for mark in review.criterion_scores]
        for review in db.session.query(Review)
        if review.assignment.done_at
    ]
    reasons = {mark.reason for review in db.session.query(Review) for mark in review.criterion_scores if mark.reason}
    db.session.rollback()
    assert scores == [[4, None, 2]] * FILES
    assert reasons == {"j4x: het plan is vaag"}


def test_what_is_scored_saves_by_itself_and_moves_on(site: Site, call: Call, desktop: Page) -> None:
    files = [in_review(call) for _ in range(2)]
    for file in files:
        an_assignment(file, known(CHLOE))
    keys = [file.key for file in files]
    enter(desktop)
    desktop.goto(f"/nl/team/lezen/dossier/{keys[0]}")

    for key in ("j", "5"):
        desktop.keyboard.press(key)
    expect(desktop.locator(".saved")).to_contain_text("Bewaard om")
    expect(desktop.locator("[name=revision]")).to_have_value("1")
    with desktop.expect_navigation():
        desktop.keyboard.press("Control+Enter")

    assert desktop.url.endswith(keys[1])
    with desktop.expect_navigation():
        desktop.keyboard.press("J" if desktop.locator("a[rel=next]").count() else "K")
    expect(desktop.locator("output")).to_have_text("100")


def test_keys_can_be_switched_off_and_never_work_in_a_text(site: Site, call: Call, desktop: Page) -> None:
    file = in_review(call)
    an_assignment(file, known(CHLOE))
    address = f"/nl/team/lezen/dossier/{file.key}"
    enter(desktop)
    desktop.goto(address)
    desktop.locator("#keys summary").click()
    desktop.locator("#keys-on").uncheck()
    desktop.reload()

    desktop.keyboard.press("4")
    expect(desktop.locator("input:checked[type=radio]")).to_have_count(0)
    desktop.locator("#keys summary").click()
    desktop.locator("#keys-on").check()
    desktop.keyboard.press("4")

    expect(desktop.locator("input:checked[type=radio]")).to_have_count(1)


def test_what_was_not_saved_is_offered_again(site: Site, call: Call, browse: Opener) -> None:
    file = in_review(call)
    an_assignment(file, known(CHLOE))
    address = f"/nl/team/lezen/dossier/{file.key}"
    page = browse("desktop", troubled=True)
    enter(page)
    page.goto(address)
    context = page.context
    context.set_offline(True)
    page.keyboard.press("3")
    expect(page.locator(".saved")).to_contain_text("op dit toestel")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(address)
    again.get_by_role("button", name="Terugzetten").click()

    expect(again.locator(".saved")).to_contain_text("Bewaard om")
    expect(again.locator("output")).to_have_text("60")


def scene() -> list[Application]:
    """With the form of the house: a file to read blind, one begun, and one that was read, changed and talked over."""
    call = a_read_call(version=a_version(the_form()))
    a_plan(call, blind="scored", due_on=clock.day_of(clock.now()))
    files = [in_review(call, a_person(f"Ploeg {number}")) for number in range(3)]
    an_assignment(files[0], known(CHLOE))
    a_review(files[1], known(CHLOE), {"C1": 2}, done=False)
    a_review(files[2], known(CHLOE), {"C1": 5, "C2": 4, "C3": None})
    a_review(files[2], known(DAAN), {"C1": 1, "C2": 4, "C3": 3}, comment="Vragen naar de huur.")
    handed_in_again(files[2], "purpose", need="Iets heel anders dan voordien.")
    return files


@pytest.mark.parametrize("kind", ["desktop", "phone"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_a_reader_before_axe(site: Site, browse: Opener, kind: str, lang: str) -> None:
    keys = [file.key for file in scene()]
    page = browse(kind)
    enter(page, lang)
    start = "/nl/team/lezen" if lang == "nl" else "/fr/equipe/lectures"
    last = "wijzigingen" if lang == "nl" else "modifications"

    addresses = (start, *(f"{start}/dossier/{key}" for key in keys), f"{start}/dossier/{keys[2]}/{last}")
    for number, address in enumerate(addresses):
        page.goto(address)
        kept(page, f"review-{number}-{lang}-{kind.replace(' ', '-')}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        no_axe_violations_in_both_themes(page)
        does_not_scroll_sideways(page)
    page.goto(f"{start}/dossier/{keys[1]}")
    press(page.locator("main button[value=finish]"))
    no_axe_violations_in_both_themes(page)
