"""Conditions, what is left to do, how far a file is, and how it reads."""

from typing import Any

import pytest
from flask import Flask

from app.core.i18n.language import speaking
from app.questionnaires.rules.answers import is_complete, problems, progress, rejected, summary, title_of
from app.questionnaires.rules.conditions import is_asked, shown_in
from app.questionnaires.rules.definition import Definition
from tests.answers import good_answers
from tests.builders import the_form
from tests.every_kind import EVERY_KIND

FORM = Definition.read(the_form())
WORDS = {"nl": "een", "fr": "un"}


def complete(form: Definition = FORM) -> dict[str, Any]:
    return {key: raw for section in form.sections for key, raw in good_answers(section, language="nl").items()}


def chained() -> Definition:
    def q(key: str, **more: Any) -> dict[str, Any]:
        return {"key": key, "kind": "short_text", "label": WORDS, **more}

    def waits(key: str, operator: str, value: str = "") -> dict[str, Any]:
        return {"show_if": {"question": key, "operator": operator, "value": value}}

    first = [q("a"), q("b", **waits("a", "is", "yes"))]
    second = [
        q("c", **waits("b", "answered")),
        q("d", **waits("c", "is_not", "no")),
        q("e", **waits("list", "contains", "x")),
    ]
    choices = [{"code": code, "label": WORDS} for code in "xy"]
    first.append({"key": "list", "kind": "several_choices", "label": WORDS, "choices": choices})
    sections = [{"key": key, "title": WORDS, "questions": asked} for key, asked in (("one", first), ("two", second))]
    return Definition.read({"key": "f", "title": WORDS, "sections": sections})


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["a", "list"]),
        ({"a": "no"}, ["a", "list"]),
        ({"a": "yes"}, ["a", "b", "list"]),
        ({"a": "yes", "b": "?"}, ["a", "b", "list", "c"]),
        ({"a": "yes", "b": "?", "c": "no"}, ["a", "b", "list", "c"]),
        ({"a": "yes", "b": "?", "c": "so"}, ["a", "b", "list", "c", "d"]),
        ({"a": "no", "b": "?", "c": "so"}, ["a", "list"]),
        ({"list": ["y"]}, ["a", "list"]),
        ({"list": ["y", "x"]}, ["a", "list", "e"]),
        ({"a": {"odd": ["yes"]}, "list": "x"}, ["a", "b", "list", "e"]),
    ],
)
def test_a_question_is_asked_when_the_one_it_waits_for_was_asked_and_answered_so(answers: Any, asked: Any) -> None:
    form = chained()

    assert [question.key for question in form.questions if is_asked(form, question, answers)] == asked


def test_a_page_shows_what_its_own_answers_may_bring_up() -> None:
    form = chained()

    assert [question.key for question in shown_in(form, form.section("one"), {})] == ["a", "b", "list"]
    assert shown_in(form, form.section("two"), {}) == []
    assert [question.key for question in shown_in(form, form.section("two"), {"a": "yes", "b": "x"})] == ["c", "d"]


def test_a_question_that_is_not_asked_counts_for_nothing() -> None:
    answers = complete() | {"legal_form": "none", "enterprise_number": "wrong"}

    assert is_complete(FORM, answers, [])
    assert problems(FORM, "project", answers | {"legal_form": "asbl"}, [])[0].control == "enterprise_number"


def test_problems_stand_in_the_order_of_the_page() -> None:
    found = problems(FORM, "team", {"team": [{"name": "An"}]}, [])

    assert [problem.control for problem in found] == [
        "contact_first_name",
        "contact_last_name",
        "contact_email",
        "file_language-0",
        "interview_language-0",
        "team-0-role",
        "team-0-experience",
        "team-0-days",
        "team_why",
    ]


def test_problems_are_plain_text_even_with_a_hostile_file_name(app: Flask) -> None:
    question = FORM.question("attachments")

    with speaking("nl"):
        problem = rejected(question, "<b>" + "x" * 300, "wrong_kind")

    assert type(problem.message) is str
    assert "het bestand ‘<b>xxx" in problem.message
    assert problem.message.endswith("PDF, JPG, PNG, ODT, DOCX")
    assert len(problem.message) < 300


@pytest.mark.parametrize("reason", ["empty", "too_large", "wrong_kind", "too_many", "broken"])
def test_a_refused_file_is_named_in_both_languages(app: Flask, reason: str) -> None:
    said = set()
    for lang in ("nl", "fr"):
        with speaking(lang):
            said.add(rejected(FORM.question("attachments"), "plan.pages", reason).message)

    assert len(said) == 2
    assert all("plan.pages" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("name", "kind"), [("plan.pdf", "PDF"), ("Plan.PDF", "PDF"), ("foto.jpeg", "JPG"), ("brief.docx", "DOCX")]
)
@pytest.mark.parametrize(("lang", "words"), [("nl", "is geen {}"), ("fr", "n’est pas un vrai {}")])
def test_a_false_ending_is_told_that_its_content_is_another(
    app: Flask, lang: str, words: str, name: str, kind: str
) -> None:
    with speaking(lang):
        said = rejected(FORM.question("attachments"), name, "wrong_kind").message
        other = rejected(FORM.question("attachments"), "plan.pages", "wrong_kind").message

    assert words.format(kind) in said
    assert words.format("PAGES") not in other
    assert "ODT, DOCX" in other


def test_progress_tells_done_busy_and_todo() -> None:
    team = good_answers(FORM.section("team"), language="nl")
    states = {one.key: (one.state, one.answered, one.asked) for one in progress(FORM, team | {"project_name": "x"}, [])}

    assert states["team"] == ("done", 8, 8)
    assert states["project"] == ("busy", 1, 7)
    assert states["purpose"] == ("todo", 0, 4)


def test_a_part_that_may_stay_empty_is_done_once_it_was_saved_and_never_in_the_way() -> None:
    answers = complete()
    del answers["adjustments"]

    assert progress(FORM, answers, [])[-1].state == "todo"
    assert is_complete(FORM, answers, [])
    assert progress(FORM, answers | {"adjustments": ""}, [])[-1].state == "done"


def test_an_empty_file_is_not_complete() -> None:
    assert not is_complete(FORM, {}, [])
    assert {one.state for one in progress(FORM, {}, [])} == {"todo"}


def test_a_summary_reads_in_the_language_of_its_reader(app: Flask) -> None:
    form = Definition.read(EVERY_KIND)
    rows = {row.question: row for part in summary(form, complete(form), [], "fr") for row in part.rows}

    assert rows["a_money"].label == "Question de money"
    assert [str(line) for line in rows["a_money"].lines] == ["1\u00a0€"]
    assert str(rows["team"].lines[0]) == "Membre 1\u00a0: Wassalon Kuregem"
    assert rows["project_name"].lines[0].typed
    assert not rows["municipalities"].lines[0].typed
    assert rows["municipalities"].number == 16
    assert not any(row.missing for row in rows.values())


def test_a_summary_says_what_is_left_to_do_and_where() -> None:
    form = Definition.read(EVERY_KIND)
    rows = {row.question: row for part in summary(form, {"a_date": {"day": "1"}}, [], "nl") for row in part.rows}

    assert rows["a_date"].control == "a_date-month"
    assert "Give the month" in rows["a_date"].message
    assert rows["a_phone"].lines == []
    assert not rows["a_phone"].missing
    assert "a_enterprise_number" not in rows


@pytest.mark.parametrize(
    ("answers", "title"), [({"project_name": "Spoel"}, "Spoel"), ({}, ""), ({"project_name": [1]}, "")]
)
def test_a_file_goes_by_the_name_of_its_project(answers: Any, title: str) -> None:
    assert title_of(answers) == title
