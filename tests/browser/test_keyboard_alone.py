"""The whole application on a phone with a keyboard: Tab, Enter, Space, arrows; each stop is seen and outlined."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.questionnaires.rules.definition import Definition
from tests.answers import as_fields, good_answers
from tests.browser.conftest import Opener, Site
from tests.browser.test_apply_to_decision import PDF
from tests.browser.test_reading import FOCUSED
from tests.builders import the_form
from tests.letters import Mailbox

PHONE = {"width": 360, "height": 740}
MOST_STOPS = 200
pytestmark = pytest.mark.timeout(400)  # thousands of keys
CONTROL = """() => {
  const {tagName, type, name, value, checked, selectedIndex} = document.activeElement;
  const group = type === "radio" ? [...document.getElementsByName(name)].filter(one => one.type === "radio") : [];
  const options = tagName === "SELECT" ? [...document.activeElement.options].map(one => one.value) : [];
  return {
    kind: tagName === "INPUT" || tagName === "BUTTON" ? type : tagName.toLowerCase(), name, value, checked,
    values: group.length ? group.map(one => one.value) : options,
    at: group.length ? group.findIndex(one => one.checked) : selectedIndex,
  };
}"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.keys, self.pdf = page, page.keyboard, folder / "begroting.pdf"
        self.pdf.write_bytes(PDF)
        page.on("filechooser", lambda _: None)  # from the start: asked only at the key, a busy browser comes too late

    def stops(self) -> Iterator[dict[str, Any]]:
        """Where Tab leads to, one after the other; each is in sight and outlined."""
        for _ in range(MOST_STOPS):
            self.keys.press("Tab")
            stop = self.page.evaluate(FOCUSED)
            assert stop, f"{self.page.url}: Tab leads out of the page"
            assert (stop["outlined"], stop["seen"]) == (True, True), f"{self.page.url}: {stop}"
            yield self.page.evaluate(CONTROL)
        raise AssertionError(f"{self.page.url}: more than {MOST_STOPS} stops")

    def press(self, wanted: Locator) -> None:
        """Go to this link or button, press it, and wait for the page that it leads to."""
        for _stop in self.stops():
            if wanted.evaluate("one => one === document.activeElement"):
                break
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def fill(self, answers: dict[str, Any]) -> None:
        """From the top of the page to its button: answer whatever is asked."""
        for stop in self.stops():
            if stop["kind"] == "submit" and stop["value"] in ("", "save"):
                break
            if stop["name"] in answers or stop["kind"] == "file":
                self.answer(stop, answers.get(stop["name"]))
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def answer(self, stop: dict[str, Any], answer: Any) -> None:
        """One control, in the way that its kind asks for."""
        if stop["kind"] == "file":
            with self.page.expect_file_chooser() as chooser:
                self.keys.press("Enter")
            chooser.value.set_files(self.pdf)
        elif stop["kind"] == "checkbox":
            if (stop["value"] in answer) != stop["checked"]:
                self.keys.press("Space")
        elif stop["values"]:
            self.choose(stop, stop["values"].index(answer))
        else:
            self.keys.press("ControlOrMeta+a")
            self.keys.press("Delete")
            self.keys.type(str(answer))

    def choose(self, stop: dict[str, Any], place: int) -> None:
        """One of some round buttons, or of a menu: by the arrows."""
        at = stop["at"]
        if at < 0:  # nothing chosen yet: Space takes the one that has the focus
            self.keys.press("Space")
            at = 0
        for _ in range(abs(place - at)):
            self.keys.press("ArrowDown" if place > at else "ArrowUp")
        assert self.page.evaluate(CONTROL)["value"] == stop["values"][place]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_an_application_without_a_mouse(
    site: Site, browse: Opener, mailbox: Mailbox, tmp_path: Path, lang: str
) -> None:
    page = browse("phone", viewport=PHONE)
    hands = Keyboard(page, tmp_path)
    page.goto({"nl": "/nl/kandidatuur/seeds", "fr": "/fr/candidature/seeds"}[lang])
    hands.fill({"name": "Noor Claes", "email": "noor@example.be", "language": lang})
    hands.press(page.locator(".tasks a").first)
    sections = Definition.read(the_form()).sections
    forget_something_and_mend_it(hands, as_fields(good_answers(sections[0], language=lang)))

    for section in sections[1:]:
        page.wait_for_url(f"**/{section.key}")
        hands.fill(as_fields(good_answers(section, language=lang)))
    hands.fill({"privacy_read": ["y"], "truthful": ["y"]})

    reference = page.locator(".receipt .num").inner_text()
    assert reference in mailbox.last("application_received").text
    hands.press(page.locator("main a.button"))
    expect(page.locator("main .second")).to_contain_text(reference)


def forget_something_and_mend_it(hands: Keyboard, answers: dict[str, Any]) -> None:
    """The summary has the focus, its link leads to the field, what was typed is there."""
    hands.fill({name: "" if name == "contact_last_name" else answer for name, answer in answers.items()})
    expect(hands.page.locator(".error-summary")).to_be_focused()
    hands.keys.press("Tab")
    hands.keys.press("Enter")
    expect(hands.page.locator("#contact_last_name")).to_be_focused()
    hands.keys.type(answers["contact_last_name"])
    hands.fill({})
