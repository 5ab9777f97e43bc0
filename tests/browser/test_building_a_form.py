"""The form of the house, built from nothing in the form builder; then a second version while a draft is open."""

from typing import Any

import pytest
from playwright.sync_api import Page

from app.applications.models import Application
from app.applications.queries.files import open_file
from app.core.db.base import db
from app.form_builder.rules import canonical, every_question
from app.questionnaires.queries import definition_of, latest_version
from app.questionnaires.rules.definition import Definition
from tests.browser.conftest import Opener, Site, press
from tests.browser.test_apply_to_decision import sign_in
from tests.builders import a_call, an_application, the_form

WHOLE = canonical(Definition.read(the_form()))
TEXTS = ("label", "help", "simple", "example", "item_label", "add_label")
NUMBERS = ("limit", "rows", "least", "most", "minimum", "maximum", "decimals", "megabytes")
BOXES = ("unknown_allowed", "all_allowed", "outside_allowed", "personal", "hidden_from_jury")
SPECIAL = {
    "project_name",
    "file_language",
    "municipalities",
    "contact_first_name",
    "contact_last_name",
    "contact_email",
}
NEW = 3  # empty rows at the end of a list


def keep(page: Page) -> None:
    press(page.get_by_role("button", name="Bewaren", exact=True))


def fill(page: Page, name: str, value: Any) -> None:
    """A field by its name, when there is something to type."""
    control = page.locator(f"[name='{name}']")
    if value is not None and control.count():
        control.fill(f"{value:g}" if isinstance(value, float) else str(value))


def pair(page: Page, name: str, text: dict[str, str] | None) -> None:
    for language, words in (text or {}).items():
        fill(page, f"{name}_{language}", words)


def tick(page: Page, name: str, wanted: bool) -> None:
    control = page.locator(f"input[type=checkbox][name='{name}']")
    if control.count():
        control.set_checked(wanted)


class Builder:
    """Somebody at the form builder; `names` are those that the house gave, by those of the wanted form."""

    def __init__(self, page: Page) -> None:
        self.page, self.names = page, dict[str, str]()

    def form(self) -> str:
        """An empty form; gives its name."""
        self.page.goto("/nl/team/formulieren")
        press(self.page.get_by_role("button", name="Leeg"))
        self.home = self.page.url.partition("?")[0]
        return self.home.rpartition("/")[2]

    def frame(self, data: dict[str, Any]) -> None:
        page = self.page
        page.goto(f"{self.home}/kader")
        for name in ("title", "lead", "declarations_title", "declarations_lead", "monitoring_title", "monitoring_lead"):
            pair(page, name, data.get(name))
        for number, one in enumerate(data["declarations"]):
            if number and number % NEW == 0:
                keep(page)
            row = f"declaration:new{number % NEW}:"
            pair(page, f"{row}text", one["text"])
            fill(page, f"{row}version", one.get("version"))
            fill(page, f"{row}months", one.get("months"))
            tick(page, f"{row}required", bool(one.get("required")))
            tick(page, f"{row}consent", bool(one.get("consent")))
        keep(page)

    def section(self, section: dict[str, Any], *, is_first: bool) -> str:
        page = self.page
        page.goto(self.home)
        if not is_first:
            press(page.get_by_role("button", name="Deel toevoegen"))
        part = str(page.locator("[name=part]").first.get_attribute("value"))
        page.goto(f"{self.home}/deel/{part}")
        pair(page, "title", section["title"])
        pair(page, "lead", section.get("lead"))
        keep(page)
        return part

    def question(self, part: str, question: dict[str, Any]) -> None:
        page = self.page
        page.goto(f"{self.home}?part={part}")
        if question["key"] in SPECIAL:
            page.locator("#special").select_option(question["key"])
        press(page.get_by_role("button", name="Vraag toevoegen"))
        place = page.url.rpartition("/")[2]
        self.names[question["key"]] = place
        self.write(question)
        for field in question.get("fields", []):
            page.goto(f"{self.home}/vraag/{place}")
            press(page.get_by_role("button", name="Vraag toevoegen aan deze groep"))
            self.write(field)

    def write(self, question: dict[str, Any]) -> None:
        """Type first, then everything that the type allows."""
        page = self.page
        pair(page, "label", question["label"])
        if page.locator("#kind").input_value() != question["kind"]:
            page.locator("#kind").select_option(question["kind"])
            keep(page)
        for name in TEXTS:
            pair(page, name, question.get(name))
        for name in NUMBERS:
            fill(page, name, question.get(name))
        for name in BOXES:
            tick(page, name, bool(question.get(name)))
        tick(page, "required", question.get("required", True))
        for kind in question.get("file_kinds", []):
            page.locator(f"input[name=file_kinds][value={kind}]").check()
        fill(page, "criterion", question.get("criterion"))
        if question.get("show_if"):
            shown = question["show_if"]
            page.locator("#show_question").select_option(self.names[shown["question"]])
            page.locator("#show_operator").select_option(shown.get("operator", "is"))
            fill(page, "show_value", shown.get("value"))
        self.choices(question.get("choices", []), there=question["key"] == "file_language")
        keep(page)

    def choices(self, choices: list[dict[str, Any]], *, there: bool) -> None:
        """`there`: the house has put the answers there already; their words may be changed."""
        for number, one in enumerate(choices):
            if number and number % NEW == 0:
                keep(self.page)
            row = f"choice:{one['code']}:" if there else f"choice:new{number % NEW}:"
            pair(self.page, f"{row}label", one["label"])
            pair(self.page, f"{row}help", one.get("help"))
            fill(self.page, f"{row}code", one["code"])
        if there:  # the house wrote each language in itself; only one side of each changes
            keep(self.page)
            for box in self.page.locator("[name$=_same]").all():
                box.check()


def renamed(data: Any, names: dict[str, str]) -> Any:
    """The same form under the names that the house gave."""
    if isinstance(data, dict):
        kept = {key: renamed(value, names) for key, value in data.items() if key not in ("key", "autocomplete")}
        return kept | ({"question": names.get(data["question"], data["question"])} if "question" in data else {})
    return [renamed(one, names) for one in data] if isinstance(data, list) else data


@pytest.mark.timeout(400)
def test_the_form_of_the_house_is_built_from_nothing(site: Site, browse: Opener) -> None:
    page = browse("desktop")
    sign_in(page, site)
    builder = Builder(page)
    key = builder.form()
    builder.frame(WHOLE)
    for number, section in enumerate(WHOLE["sections"]):
        part = builder.section(section, is_first=number == 0)
        for question in section["questions"]:
            builder.question(part, question)
    for question in WHOLE.get("monitoring", []):
        builder.question("monitoring", question)

    page.goto(f"{builder.home}/publiceren")
    press(page.get_by_role("button", name="Versie 1 publiceren"))

    db.session.rollback()
    built = canonical(definition_of(latest_version(key)))
    db.session.rollback()
    pairs = zip(every_question(built), every_question(WHOLE), strict=True)
    wrong = [
        (wanted["key"], name, mine.get(name), wanted.get(name))
        for mine, wanted in pairs
        for name in {*mine, *wanted} - {"key", "autocomplete"}
        if renamed(mine.get(name), {}) != renamed(wanted.get(name), builder.names)
    ]
    assert not wrong, "\n".join(str(one) for one in wrong)
    assert renamed(built, {}) == renamed(WHOLE, builder.names)
    second_version(page, builder, key)


def second_version(page: Page, builder: Builder, key: str) -> None:
    """While somebody writes: one question goes, one comes; the draft goes over and keeps every answer."""
    call = a_call(version=latest_version(key))
    draft = an_application(call=call, answers={"project_name": "De Buurtkeuken"})
    call_key, draft_key = call.key, draft.key
    db.session.commit()
    page.goto(f"{builder.home}/vraag/{builder.names['contact_phone']}")
    press(page.get_by_role("button", name="Deze vraag verwijderen"))
    page.goto(builder.home)
    press(page.get_by_role("button", name="Vraag toevoegen"))
    builder.write({"key": "", "kind": "short_text", "label": {"nl": "Straat?", "fr": "Rue ?"}, "required": False})
    page.goto(f"{builder.home}/publiceren")
    press(page.get_by_role("button", name="Versie 2 publiceren"))

    page.goto(f"/nl/team/oproepen/{call_key}/verloop-en-formulier")
    db.session.rollback()
    newest = latest_version(key).id
    db.session.rollback()
    page.locator("#version").select_option(str(newest))
    press(page.get_by_role("button", name="Eerst vergelijken"))
    page.locator("#reason_nl").fill("Een vraag kwam erbij.")
    page.locator("#reason_fr").fill("Une question s’est ajoutée.")
    press(page.get_by_role("button", name="Naar deze versie overgaan"))

    db.session.rollback()
    file = open_file(db.session.query(Application).filter_by(key=draft_key).one())
    assert file.application.version.number == 2
    assert file.answers["project_name"] == "De Buurtkeuken"
    assert file.answers[builder.names["contact_phone"]]
    db.session.rollback()
