"""What a posted section becomes: everything typed is kept, nothing else gets in."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.questionnaires.forms.reading import SPARE_ITEMS, GroupAction, apply_action, dropped_file, group_action, read
from app.questionnaires.rules.definition import Definition, Section
from tests.every_kind import EVERY_KIND

FORM = Definition.read(EVERY_KIND)
WORDS, FIGURES = FORM.section("words"), FORM.section("figures")


def sent(*pairs: tuple[str, str], **values: str) -> "MultiDict[str, str]":
    return MultiDict([*pairs, *values.items()])


def test_each_kind_arrives_in_its_shape() -> None:
    posted = sent(
        ("a_several_choices", "x"),
        ("a_several_choices", "y"),
        ("team-0-name", "An"),
        ("team-0-days", "2"),
        project_name="Spoel",
        a_long_text="een\r\ntwee",
        file_language="nl",
    )
    figures = sent(
        ("a_date-day", "1"), ("a_date-year", "2026"), a_money="48.500", legal_form="cv", municipalities="21001"
    )

    assert read(WORDS, posted) == {
        "project_name": "Spoel",
        "a_long_text": "een\ntwee",
        "file_language": "nl",
        "a_several_choices": ["x", "y"],
        "team": [{"name": "An", "days": "2"}],
    }
    assert read(FIGURES, figures) == {
        "a_money": "48.500",
        "a_date": {"day": "1", "month": "", "year": "2026"},
        "legal_form": "cv",
        "municipalities": ["21001"],
    }


def test_what_was_not_on_the_page_stays_as_it_was() -> None:
    before = {"project_name": "Spoel", "a_email": "an@example.be", "a_several_choices": ["x"], "elsewhere": "1"}

    assert read(WORDS, sent(), before) == {key: before[key] for key in ("project_name", "a_email", "a_several_choices")}
    assert read(WORDS, sent(project_name="", a_several_choices=""), before) == {
        "project_name": "",
        "a_email": "an@example.be",
        "a_several_choices": [],
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("  an \t", "an"),
        ("one\r\ntwo\rthree", "one two three"),
        ("e\u0301", "é"),
        ("\ud800x\ufffe", "x"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"),
        ("x" * 1_000_000, "x" * 1_000_000),
        ("İstanbul \U0001f3f3\ufe0f\u200d\U0001f308 \u202e.", "İstanbul \U0001f3f3\ufe0f\u200d\U0001f308 \u202e."),
    ],
    ids=["control", "spaces", "lines", "composed", "surrogate", "script", "huge", "signs"],
)
def test_one_line_keeps_every_sign_that_can_be_seen(typed: Any, kept: str) -> None:
    assert read(WORDS, sent(project_name=typed)) == {"project_name": kept}


def test_a_figure_that_is_not_known_keeps_what_was_typed_beside_it() -> None:
    posted = sent(("a_money", "about 5"), ("a_money-unknown", "1"))

    assert read(FIGURES, posted) == {"a_money": {"typed": "about 5", "unknown": True}}
    assert read(FIGURES, sent(("a_money-unknown", "1"))) == {"a_money": {"typed": "", "unknown": True}}
    assert read(FIGURES, sent(("a_number", "5"), ("a_number-unknown", "1"))) == {"a_number": "5"}


def test_a_field_that_came_twice_keeps_both() -> None:
    posted = sent(("project_name", "one"), ("project_name", "two"), ("file_language", "nl"), ("file_language", "fr"))

    assert read(WORDS, posted) == {"project_name": "one two", "file_language": "fr"}


@pytest.mark.parametrize(
    "name",
    [
        "project_name[]",
        "project_name[0]",
        "team",
        "team--name",
        "team-x-name",
        "team-0",
        "team-0-",
        "team-٣-name",
        "team-9999-name",
        "a_files",
        "__proto__",
        "",
        "n" * 1_000_000,
        "project_name\x00",
    ],
    ids=lambda name: name[:20],
)
def test_an_odd_name_brings_nothing_in(name: str) -> None:
    answers = read(WORDS, sent((name, "x")), {"a_email": "an@example.be"})

    assert answers.pop("a_email") == "an@example.be"
    assert answers in ({}, {"team": []}, {"team": [{}]})


def test_group_items_keep_their_order_and_close_the_gaps() -> None:
    posted = sent(("team-10-name", "third"), ("team-2-name", "second"), ("team-0-name", "first"), ("team-2-days", "1"))

    assert read(WORDS, posted)["team"] == [{"name": "first"}, {"name": "second", "days": "1"}, {"name": "third"}]


def test_a_group_takes_a_few_items_more_than_it_offers_and_no_flood() -> None:
    posted = sent(*((f"team-{number}-name", "x") for number in range(900)))

    assert len(read(WORDS, posted)["team"]) == 3 + SPARE_ITEMS


def test_a_list_takes_no_flood() -> None:
    posted = sent(*(("a_several_choices", str(number)) for number in range(10_000)))

    assert len(read(WORDS, posted)["a_several_choices"]) < 300


@pytest.mark.parametrize(
    ("do", "action"),
    [
        ("team:add", GroupAction("add", "team", -1)),
        ("team:remove:1", GroupAction("remove", "team", 1)),
        ("save", None),
        ("", None),
        ("team:remove:x", None),
        ("team:remove:-1", None),
        ("team:remove:99999", None),
        ("team:remove:٣", None),
        ("team:add:1", None),
        (":::", None),
    ],
)
def test_a_button_inside_a_group_is_understood(do: str, action: Any) -> None:
    assert group_action(sent(do=do)) == action


@pytest.mark.parametrize(
    ("do", "found"),
    [("a_files:drop:abc", ("a_files", "abc")), ("a_files:drop:", None), (":drop:abc", None), ("drop", None)],
)
def test_the_button_of_a_file_is_understood(do: str, found: Any) -> None:
    assert dropped_file(sent(do=do)) == found


def action_done(kind: Any, index: int, team: list[Any], question: str = "team") -> tuple[str, Any]:
    answers: dict[str, Any] = {"team": team}
    return apply_action(GroupAction(kind, question, index), WORDS, answers), answers["team"]


AN, BO = {"name": "An"}, {"name": "Bo"}


def test_adding_and_removing_an_item_leads_to_the_right_control() -> None:
    assert action_done("add", -1, []) == ("team-1-name", [{}, {}])
    assert action_done("add", -1, [AN]) == ("team-1-name", [AN, {}])
    assert action_done("remove", 0, [AN, BO]) == ("team-0-name", [BO])
    assert action_done("remove", 1, [AN, BO]) == ("team-0-name", [AN])
    assert action_done("remove", 0, [AN]) == ("team-0-name", [])


def test_what_cannot_be_done_changes_nothing() -> None:
    assert action_done("add", -1, [AN, BO, AN]) == ("", [AN, BO, AN])
    assert action_done("remove", 7, [AN]) == ("", [AN])
    assert action_done("add", -1, [AN], question="project_name") == ("", [AN])
    assert action_done("add", -1, [AN], question="nothing") == ("", [AN])


def test_statistics_are_read_like_a_section() -> None:
    section: Section = FORM.monitoring_section

    assert read(section, sent(heard="press", project_name="x")) == {"heard": "press"}
