"""The templates of a question, a section and its answers: markup for everybody, and a way back without loss."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.core.i18n.language import speaking
from app.core.text.cleaning import clean
from app.questionnaires.forms.fields import fields
from app.questionnaires.forms.reading import read
from app.questionnaires.rules.answers import problems, summary
from app.questionnaires.rules.definition import Definition, Section
from tests.answers import good_answers
from tests.builders import the_form
from tests.every_kind import EVERY_KIND
from tests.forms import filled
from tests.html import parse, words

pytestmark = pytest.mark.one_database("what a form shows")

FORM, SMALL = Definition.read(the_form()), Definition.read(EVERY_KIND)
PAGE = """<!doctype html><html lang="nl"><title>x</title><form method="post">
{% from "questionnaires/_question.html" import first_button, problem_summary, questions %}
{{ problem_summary(problems) }}{{ first_button() }}{{ questions(fields) }}</form></html>"""
ANSWERS = """{% from "questionnaires/_answers.html" import answers %}{{ answers(sections, language="nl") }}"""


@pytest.fixture
def request_app(app: Flask) -> Iterator[Flask]:
    with app.test_request_context("/nl/"):
        yield app


def page(
    form: Definition, section: Section, answers: dict[str, Any], files: Any = (), checked: bool = False
) -> BeautifulSoup:
    found = problems(form, section.key, answers, files) if checked else []
    shown = fields(form, section, answers, found, files)
    soup, errors = parse(render_template_string(PAGE, problems=found, fields=shown))
    assert errors == []
    return soup


def posted(soup: BeautifulSoup) -> "MultiDict[str, str]":
    """The form as a browser sends it back untouched."""
    sent = filled(soup.form, None, {})
    return MultiDict([(name, value.replace("\n", "\r\n")) for name, values in sent.fields.items() for value in values])


@pytest.mark.parametrize("section", [section.key for section in FORM.sections])
@pytest.mark.parametrize("checked", [True, False])
def test_every_control_has_a_label_and_every_reference_leads_somewhere(
    request_app: Flask, section: str, checked: bool
) -> None:
    soup = page(FORM, FORM.section(section), {"legal_form": "cv"}, checked=checked)
    ids = [tag["id"] for tag in soup.select("[id]")]

    assert len(ids) == len(set(ids))
    for control in soup.select("input:not([type=hidden]), textarea, select"):
        assert soup.select_one(f'label[for="{control["id"]}"]')
    for tag in soup.select("[aria-describedby]"):
        assert all(soup.find(id=one) for one in tag["aria-describedby"].split())
    for link in soup.select(".error-summary a"):
        assert soup.find(id=link["href"].removeprefix("#")).name in ("input", "textarea", "select")
    assert not soup.select("[maxlength], [style], [onclick], [required]")


def test_a_wrong_field_says_so_in_the_agreed_order(request_app: Flask) -> None:
    soup = page(FORM, FORM.section("purpose"), {"need": "x" * 931}, checked=True)
    area, question = soup.find(id="need"), FORM.question("need").label["nl"]

    assert area["aria-describedby"] == "need-h need-e need-c"
    assert area["aria-invalid"] == "true"
    assert area.get_text().strip() == "x" * 931
    assert area["data-limit"] == "900"
    assert (
        words(soup.find(id="need-e"))
        == f"Fout: ‘{question}’: Maak je antwoord korter: je gebruikt 931 tekens, het maximum is 900"
    )
    assert words(soup.find(id="need-c")) == "931 van de 900\u00a0tekens: 31 te veel"
    order = [tag.get("id", tag.name) for tag in area.parent.find_all(recursive=False)]
    assert order == ["label", "need-h", "need-e", "need", "need-c"]


def test_a_right_field_has_no_mark_of_an_error(request_app: Flask) -> None:
    soup = page(FORM, FORM.section("purpose"), good_answers(FORM.section("purpose"), language="nl"), checked=True)

    assert soup.select(".wrong, .error, .error-summary, [aria-invalid]") == []


def test_choices_stand_in_a_fieldset_with_their_question(request_app: Flask) -> None:
    soup = page(FORM, FORM.section("roots"), {"needs": ["model"]}, checked=True)
    fieldset = soup.find(id="needs-0").find_parent("fieldset")

    assert words(fieldset.legend) == "Wat zoek je in dit programma?"
    assert fieldset["aria-describedby"] == "needs-h needs-e"
    assert [box["value"] for box in fieldset.select("input[checked]")] == ["model"]
    assert soup.select_one(".error-summary a[href='#needs-0']")


def test_a_conditional_question_stands_below_its_answer_and_a_style_sheet_can_tell(request_app: Flask) -> None:
    soup = page(FORM, FORM.section("project"), {})
    branch = soup.find(id="legal_form").find_parent(class_="branch")
    opening = {option["value"] for option in branch.select("option[data-opens]")}

    assert branch.select_one(".conditional #enterprise_number")
    assert "none" not in opening
    assert "asbl" in opening


def test_a_team_has_numbered_members_with_buttons(request_app: Flask) -> None:
    team = [{"name": "An", "days": ""}, {"name": "<Bo>"}]
    soup = page(SMALL, SMALL.section("words"), {"team": team})
    members = soup.select("fieldset.repeated")
    first = filled(soup.form, None, {})

    assert [words(member.legend) for member in members] == ["Ploeglid 1", "Ploeglid 2"]
    assert words(members[1].button) == "Verwijder <Bo>"
    assert members[1].button["value"] == "team:remove:1"
    assert soup.select_one("button[value='team:add']")
    assert first.fields["do"] == ["save"]


def test_a_full_team_offers_no_more_and_a_single_member_cannot_leave(request_app: Flask) -> None:
    full = page(SMALL, SMALL.section("words"), {"team": [{"name": "x"}] * 3})
    single = page(SMALL, SMALL.section("words"), {})

    assert not full.select("button[value='team:add']")
    assert len(single.select("fieldset.repeated")) == 1
    assert not single.select("button[value^='team:remove']")


def test_files_are_listed_before_the_way_to_add_one(request_app: Flask) -> None:
    file = SimpleNamespace(
        key="k", question="a_files", name="<plan>.pdf", size=84_000, added_at=datetime(2027, 3, 8, tzinfo=UTC)
    )
    soup = page(SMALL, SMALL.section("figures"), {}, files=[file])
    row = soup.select_one(".files li")

    assert "<plan>.pdf" in words(row)
    assert "84\u00a0kB, 8\u00a0maart" in words(row)
    assert row.select_one("button[value='a_files:drop:k']")
    assert row.find_next("input")["id"] == "a_files"
    assert soup.find(id="a_files")["accept"] == ".pdf,.jpg,.png,.odt,.docx"


def test_the_euro_sign_stands_where_the_language_puts_it(request_app: Flask) -> None:
    with speaking("fr"):
        french = page(SMALL, SMALL.section("figures"), {})
    dutch = page(SMALL, SMALL.section("figures"), {})

    assert french.select_one(".money.post")
    assert not dutch.select_one(".money.post")


def test_a_hostile_answer_is_shown_as_text(request_app: Flask) -> None:
    hostile = "</textarea><script>alert(1)</script>{{ 7 * 7 }}"
    answers = {
        "a_long_text": hostile,
        "project_name": '"><img src=x>',
        "file_language": "<b>",
        "team": [{"name": hostile}],
    }
    soup = page(SMALL, SMALL.section("words"), answers, checked=True)
    read_back = read(SMALL.section("words"), posted(soup))

    assert not soup.select("script, img, b")
    assert read_back["a_long_text"] == hostile
    assert read_back["file_language"] == "<b>"


def test_answers_can_be_read_by_everybody(request_app: Flask) -> None:
    answers = {key: raw for part in SMALL.sections for key, raw in good_answers(part, language="nl").items()}
    answers |= {"a_long_text": "een\n<twee>", "a_email": "wrong"}
    with speaking("fr"):
        soup, errors = parse(
            "<!doctype html><title>x</title>" + render_template_string(ANSWERS, sections=summary(SMALL, answers, []))
        )
    rows = {words(row.dt): row.dd for row in soup.select("dl > div")}

    assert errors == []
    assert [words(heading) for heading in soup.select("h2")] == ["1. Les mots", "2. Les chiffres et les listes"]
    assert rows["Question de long text"].span["lang"] == "nl-BE"
    assert rows["Question de long text"].get_text().strip() == "een\n<twee>"
    assert not rows["Question de sector"].select("[lang]")
    assert words(rows["Question de phone"]) == "+32 470 12 34 56"
    assert "adresse e-mail" in words(rows["Question de email"].select_one(".missing"))
    assert words(rows["Question de files"]) == "Pas de réponse"


TYPED = st.text(max_size=60)
RAW = st.fixed_dictionaries(
    {
        "project_name": TYPED,
        "a_long_text": TYPED,
        "a_email": TYPED,
        "a_phone": TYPED,
        "a_link": TYPED,
        "file_language": st.sampled_from(["nl", "fr", ""]),
        "a_several_choices": st.lists(st.sampled_from("xyz"), unique=True).map(sorted),
        "team": st.lists(st.fixed_dictionaries({"name": TYPED, "days": TYPED}), min_size=1, max_size=5),
    }
)


def flat(typed: str) -> str:
    return " ".join(clean(typed).split("\n"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=RAW)
def test_whatever_is_typed_survives_saving_and_the_page_that_comes_back(
    request_app: Flask, typed: dict[str, Any]
) -> None:
    section, sent = SMALL.section("words"), MultiDict[str, str]()
    for key, raw in typed.items():
        for number, item in enumerate(raw if key == "team" else []):
            sent.update({f"team-{number}-{name}": value for name, value in item.items()})
        if key != "team":
            sent.setlist(key, raw if isinstance(raw, list) else [raw])

    kept = read(section, sent)
    again = read(section, posted(page(SMALL, section, kept, checked=True)))

    assert kept["a_long_text"] == clean(typed["a_long_text"])
    assert all(kept[key] == flat(typed[key]) for key in ("project_name", "a_email", "a_phone", "a_link"))
    assert [item["name"] for item in kept["team"]] == [flat(item["name"]) for item in typed["team"]]
    assert kept["file_language"] == typed["file_language"]
    assert again == kept | {"a_several_choices": kept.get("a_several_choices", [])}
