"""Readers and conflicts of interest in a browser: axe finds nothing, nothing sticks out, and the list works by hand."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.applications.rules import State
from app.conflicts.queries import is_hidden
from app.conflicts.rules import Sign, Standing
from app.core import clock
from app.core.db import db
from app.programmes.models import Call
from app.readers import actions, queries
from tests.browser.conftest import Opener, Site, does_not_scroll_sideways, no_axe_violations, press
from tests.browser.test_accessibility import address_of
from tests.builders import a_person, a_version, an_application, both, the_form
from tests.people import CHLOE, DAAN, ELS, Part, known
from tests.readers.scene import a_plan
from tests.selection import a_conflict, a_reader, a_review

SECTORS = ("food", "care", "culture", "repair", "housing", "mobility")
NAMES = ("Wassalon Kuregem", "Fietskoerier Noord", "De Goede Soep", "Atelier Textile", "Buurtbakkerij", "Casa Repair")


@pytest.fixture
def call(site: Site) -> Call:
    """A call with files in both languages, five readers, some work done, a proposal and a conflict."""
    from tests.builders import a_call  # noqa: PLC0415 - beside the fixture of the same word

    made = a_call(version=a_version(the_form()), title=both("Seeds, lente 2027", "Seeds, printemps 2027"))
    files = [
        an_application(
            call=made, state=State.ELIGIBLE, language=("nl", "fr")[number % 2],
            answers={"project_name": NAMES[number % 6], "sector": SECTORS[number % 6]},
        )
        for number in range(8)
    ]  # fmt: skip
    a_plan(made, readings=3, most_files=6, due_on=clock.day_of(clock.now()))
    readers = [a_reader(made, known(part), organisation="Febecoop", expertise="food care") for part in (CHLOE, DAAN)]
    for number, languages in enumerate(("nl", "fr", "nl fr")):
        person = a_person(("Nora Peters", "Samira El Amrani", "Luc Dubois")[number])
        readers.append(a_reader(made, person, languages=languages, expertise=SECTORS[number], declared=number > 0))
    a_review(files[0], known(CHLOE), {})
    a_review(files[1], known(DAAN), {}, done=False)
    a_conflict(files[2], known(DAAN), standing=Standing.PROPOSED, sign=Sign.NAME)
    a_conflict(files[3], known(CHLOE)).words = "Mijn zus werkt er."
    actions.spread(made.id, queries.spreading(made.id).proposal.digest, by=known(ELS), at=clock.now())
    readers[2].most_files = 2
    return made


def came_in(site: Site, page: Page, part: Part) -> Page:
    """The page, in which this person is signed in."""
    token = accounts.make_link(known(part), next_path="", at=clock.now())
    db.session.commit()
    page.goto(address_of(site, "accounts_public.open_link", part.language, token=token))
    page.locator("main form button").click(no_wait_after=True)
    page.wait_for_load_state()
    return page


def look(page: Page, address: str, name: str) -> None:
    """Open it and have it looked at; with SHOTS=folder a picture is kept for our own eyes."""
    page.goto(address)
    if os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(os.environ["SHOTS"]) / f"{name}.png"), full_page=True)
    no_axe_violations(page)
    does_not_scroll_sideways(page)


@pytest.mark.parametrize("kind", ["desktop", "dark", "phone", "dark phone"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_the_team(site: Site, browse: Opener, call: Call, kind: str, lang: str) -> None:
    page = came_in(site, browse(kind), ELS)
    reader = queries.readers_of(call.id)[0]
    file = queries.files_page(call.id, "", for_person=0)[0]
    pages = [
        *((f"readers_staff.{view}", {}) for view in ("readers", "plan", "invite", "take_over", "remind")),
        ("readers_staff.reader", {"number": str(reader.id)}),
        *((f"readers_assigning.{view}", {}) for view in ("files", "spread", "tell")),
        ("readers_assigning.file", {"file_key": file.key}),
        ("readers_assigning.give", {"file": file.key, "reader": str(reader.id)}),
        ("conflicts_staff.conflicts", {}),
    ]
    key = call.key
    db.session.commit()

    for endpoint, values in pages:
        address = address_of(site, endpoint, lang, key=key, **values)
        look(page, address, f"{endpoint}-{lang}-{kind}".replace(" ", "-"))
    own = address_of(site, "conflicts_staff.own", lang, key=file.key)
    look(page, own, f"conflicts_staff.own-{lang}-{kind}".replace(" ", "-"))


@pytest.mark.parametrize("kind", ["desktop", "dark", "phone", "dark phone"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_list_of_a_reader(site: Site, browse: Opener, call: Call, kind: str, lang: str) -> None:
    key = call.key
    page = came_in(site, browse(kind), CHLOE)

    look(page, address_of(site, "conflicts_juror.declare", lang, key=key), f"declare-{lang}-{kind}".replace(" ", "-"))


def test_signing_the_list_without_javascript(site: Site, without_javascript: Page, call: Call) -> None:
    key, file = call.key, queries.files_page(call.id, "", for_person=0)[5]
    page = came_in(site, without_javascript, CHLOE)
    page.goto(address_of(site, "conflicts_juror.declare", "nl", key=key))

    page.locator(f"#conflict-{file.id}").check()
    page.locator(f"#words-{file.id}").fill("Mijn buur.")
    press(page.locator("main form button"))
    page.locator("[role=alert] a").first.click()
    page.keyboard.press("Space")
    press(page.locator("main form button"))

    db.session.rollback()
    assert is_hidden(file.id, known(CHLOE).id)
