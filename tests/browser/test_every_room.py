"""Every page of the team and of applicants, found by links: axe, small screens, dark colours, focus that shows."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Page, expect
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.accounts import actions as accounts
from app.accounts.guards import applicants, confirmed_people, editors, staff
from app.core import clock
from app.core.db import db
from app.core.web import Room
from app.questionnaires.rules import Definition
from tests.browser.conftest import Opener, Site, does_not_scroll_sideways, no_axe_violations, press
from tests.browser.test_accessibility import address_of
from tests.builders import the_form
from tests.people import AMINA, ELS, Part, known
from tests.world import World, a_world

Guard = Callable[[], Any]
WIDE, PHONE, NARROW = ({"width": width, "height": height} for width, height in ((1440, 900), (360, 740), (320, 640)))
CONTRAST = "color-contrast"
LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))"
# A script's focus looks like the keyboard's once a key was the last thing that was used.
FOCUS_THAT_DOES_NOT_SHOW = """() => {
  const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']", faults = [];
  for (const one of document.querySelectorAll(stops)) {
    one.focus();
    if (document.activeElement !== one || one.tabIndex < 0) continue;
    const rings = [null, "::after"].map(part => getComputedStyle(one, part));
    const outlined = rings.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    const box = one.getBoundingClientRect(), inside = box.right > 0 && box.left < innerWidth;
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && inside;
    if (!outlined || !seen) faults.push((outlined ? "out of sight: " : "no ring: ") + one.outerHTML.slice(0, 120));
  }
  return faults;
}"""


class Walk:
    """Somebody who opens these pages, then one page of every other kind that links lead to."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page, self.seen = site, page, set[str]()
        self._places = site.app.url_map.bind("127.0.0.1")

    def through(self, starts: list[str], behind: set[str]) -> Iterator[str]:
        """Gives the name of each page that stands open; `behind`: the rooms that are walked through."""
        waiting = list(starts)
        for number, path in enumerate(waiting):
            name = self._name(path)
            if number >= len(starts) and (name in self.seen or name.partition(".")[0] not in behind):
                continue
            self.seen.add(name)
            if "text/html" not in self.page.request.head(path).headers.get("content-type", ""):
                continue  # a file to keep
            self.page.goto(path)
            self.seen.add(self._name(self.page.url.removeprefix(self.site.url)))
            links = [urldefrag(urljoin(path, link))[0] for link in self.page.evaluate(LINKS)]
            waiting += [link for link in links if link.startswith("/")]
            yield name

    def not_opened(self, behind: set[str]) -> set[str]:
        """The pages of these rooms that nobody saw."""
        there = {rule.endpoint for rule in self.site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        return {name for name in there if name.partition(".")[0] in behind} - self.seen

    def _name(self, path: str) -> str:
        """Whose page stands at this address; nothing for another host's."""
        try:
            return str(self._places.match(path.partition("?")[0], method="GET")[0])
        except (HTTPException, RequestRedirect):
            return ""


def sign_in(page: Page, part: Part, lang: str) -> None:
    """This person comes in, in this language."""
    token = accounts.make_link(known(part), next_path="", at=clock.now())
    db.session.commit()
    page.goto(f"/nl/aanmelden/{token}" if lang == "nl" else f"/fr/connexion/{token}")
    press(page.locator("main button"))


def look(page: Page) -> None:
    """The page that stands here, on a desk and on a phone, light and dark; then at 320 px; then with the keyboard."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        no_axe_violations(page)
        does_not_scroll_sideways(page)
        page.emulate_media(color_scheme="dark")
        no_axe_violations(page, CONTRAST)
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    does_not_scroll_sideways(page)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS_THAT_DOES_NOT_SHOW) == [], page.url
    page.set_viewport_size(WIDE)


def doors(site: Site, *guards: Guard) -> set[str]:
    """The rooms behind these guards."""
    return {name for name, room in site.app.blueprints.items() if isinstance(room, Room) and room.guard in guards}


def addresses(site: Site, lang: str, pages: list[tuple[str, dict[str, str]]]) -> list[str]:
    """The addresses of these pages in this language."""
    return [address_of(site, endpoint, lang, **values) for endpoint, values in pages]


def team_pages(world: World) -> list[tuple[str, dict[str, str]]]:
    """Where the walk begins, what no link leads to, and pages that look different from the first of their kind."""
    files, call, form = world.files, {"key": world.call}, {"key": world.form}
    ticked = [
        (f"casework_together.{deed}", {"file": files["incomplete"]}) for deed in ("step", "tag", "untag", "write")
    ]
    questions = [f"a_{kind}" for kind in ("one_choice", "number", "files")] + ["team", "team.name"]
    return [
        ("desk_staff.desk", {}),
        *ticked,
        ("casework_staff.application", {"key": files["submitted"]}),
        ("casework_staff.application", {"key": files["jury"]}),
        ("programmes_staff.call", {"key": world.copy}),
        ("programmes_rows.criteria", call),
        ("programmes_rows.steps", call),
        ("programmes_rows.late", call),
        ("programmes_preview.preview", {"key": world.copy}),
        ("intake_staff.running", call),
        ("intake_staff.choose_form", call | {"version": str(world.version)}),
        ("builder_staff.builder", form),
        ("builder_versions.publish", form),
        *[("builder_editor.question", form | {"place": place}) for place in questions],
    ]


def applicant_pages(world: World) -> list[tuple[str, dict[str, str]]]:
    """The same for an applicant: every state of a file."""
    files = world.files
    draft, sections = {"key": files["draft"]}, Definition.read(the_form()).sections
    return [
        ("applications_applicant.my_files", {}),
        *[("applications_applicant.status", {"key": key}) for key in files.values()],
        *[("applications_writer.section", draft | {"part": section.key}) for section in sections],
        ("applications_writer.revisions", draft | {"part": "team", "nr": "1"}),
        ("applications_writer.section", {"key": files["incomplete"], "part": "practical"}),
        ("applications_applicant.tasks", {"key": files["incomplete"]}),
        ("applications_applicant.check", {"key": files["changed"]}),
        ("applications_applicant.check", draft),
        ("applications_applicant.received", {"key": files["submitted"]}),
        ("applications_applicant.withdraw", {"key": files["submitted"]}),
        ("applications_together.team", draft),
        ("decisions_applicant.place", {"key": files["accepted"]}),
    ]


@pytest.fixture
def world(site: Site) -> World:
    """One of everything, on top of the starting content."""
    return a_world(known(AMINA), known(ELS))


@pytest.mark.timeout(900)
@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize(
    ("part", "pages", "guards"),
    [(ELS, team_pages, (staff, editors)), (AMINA, applicant_pages, (applicants, confirmed_people))],
    ids=["the team", "an applicant"],
)
def test_every_page(
    site: Site, browse: Opener, world: World, part: Part, pages: Any, guards: tuple[Guard, ...], lang: str
) -> None:
    page = browse("desktop", reduced_motion="reduce")
    sign_in(page, part, lang)
    walk, behind = Walk(site, page), doors(site, *guards)

    for _name in walk.through(addresses(site, lang, pages(world)), behind):
        look(page)

    assert walk.not_opened(behind) == set()


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_that_answer_to_what_was_sent(site: Site, browse: Opener, world: World, lang: str) -> None:
    page = browse("desktop", reduced_motion="reduce")
    sign_in(page, AMINA, lang)
    section = address_of(site, "applications_writer.section", lang, key=world.files["draft"], part="team")
    page.goto(section)
    page.locator("#contact_first_name").fill("")
    press(page.locator("main button[value=save]").last)
    expect(page.locator(".errsum")).to_be_focused()
    look(page)

    two_texts(page, section)
    look(page)

    page.goto(address_of(site, "applications_applicant.check", lang, key=world.files["submitted"]))
    page.locator("main input[type=checkbox]:checked").first.uncheck()
    press(page.locator("main form button").last)
    look(page)


def two_texts(page: Page, section: str) -> None:
    """Two windows change the same answer; the second one sees both texts."""
    other = page.context.new_page()
    for window, text in ((page, "Thuis."), (other, "Op kantoor.")):
        window.goto(section)
        window.evaluate("window.fetch = () => new Promise(() => {})")  # the script saves nothing
        window.locator("#contact_first_name").fill("Amina")
        window.locator("#team_why").fill(text)
    press(other.locator("main button[value=save]").last)
    other.close()
    page.on("dialog", lambda dialog: dialog.accept())
    press(page.locator("main button[value=save]").last)
    expect(page.locator("#stale")).to_be_visible()
