"""Writing a form: no deed loses a question, takes a name twice, or lets a condition dangle."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.i18n.bilingual import Bilingual
from app.form_builder import rules as drafts
from app.questionnaires.rules.definition import Definition
from tests.every_kind import EVERY_KIND

WHOLE = drafts.canonical(Definition.read(EVERY_KIND))
KEYS = [question["key"] for question in drafts.every_question(WHOLE)]
SECTIONS = [section["key"] for section in WHOLE["sections"]]

actions = st.one_of(
    st.tuples(st.just("add"), st.sampled_from([*SECTIONS, drafts.STATISTICS])),
    st.tuples(st.just("section"), st.none()),
    st.tuples(st.just("move"), st.sampled_from(KEYS), st.sampled_from(["", *SECTIONS]), st.integers(0, 40)),
    st.tuples(st.just("move_section"), st.sampled_from(SECTIONS), st.integers(0, 9)),
    st.tuples(st.just("duplicate"), st.sampled_from(KEYS)),
    st.tuples(st.just("remove"), st.sampled_from(KEYS)),
)


def carried_out(data: dict[str, Any], action: tuple[Any, ...], taken: set[str]) -> dict[str, Any]:
    """The form after one deed; one that is refused or has nothing to work on leaves it as it is."""
    try:
        match action:
            case ("add", section):
                return drafts.add_question(data, section, taken)[0]
            case ("section", _):
                return drafts.add_section(data, taken)[0]
            case ("move", key, section, place):
                return drafts.move(data, key, section=section, place=place)
            case ("move_section", key, place):
                return drafts.move_section(data, key, place=place)
            case ("duplicate", key):
                return drafts.duplicate(data, key, taken)[0]
            case _:
                return drafts.remove(data, action[1])
    except (KeyError, drafts.Needed):
        return data


@given(st.lists(actions, max_size=12))
def test_any_row_of_deeds_leaves_a_form_with_every_name_once(row: list[tuple[Any, ...]]) -> None:
    data = copy.deepcopy(WHOLE)
    used = drafts.keys_of(data)
    for action in row:
        before = copy.deepcopy(data)
        changed = carried_out(data, action, used)
        assert data == before, "a deed changed what it was given"
        gone = drafts.keys_of(before) - drafts.keys_of(changed)
        assert not gone or action[0] == "remove"
        data = changed
        used |= drafts.keys_of(data)

    keys = [question["key"] for question in drafts.every_question(data)]
    assert len(keys) == len(set(keys))
    waiting = {one["show_if"]["question"] for one in drafts.every_question(data) if one.get("show_if")}
    assert waiting <= set(keys)
    kept = drafts.canonical(Definition.sketch(data))
    assert drafts.keys_of(kept) == drafts.keys_of(data)
    assert drafts.canonical(Definition.sketch(kept)) == kept


@given(st.sampled_from(KEYS), st.integers(0, 40))
def test_moving_changes_nothing_but_the_order(key: str, place: int) -> None:
    moved = drafts.move(WHOLE, key, place=place)

    assert sorted(one["key"] for one in drafts.every_question(moved)) == sorted(KEYS)
    assert {one["key"]: one for one in drafts.every_question(moved)} == {
        one["key"]: one for one in drafts.every_question(WHOLE)
    }


def test_a_name_that_any_version_gave_is_not_given_again() -> None:
    data, key = drafts.add_question(WHOLE, SECTIONS[0], {"q1", "q2"})

    assert key == "q3"
    assert drafts.find(data, key) == {"key": "q3", "kind": "short_text", "label": drafts.EMPTY}


@pytest.mark.parametrize(
    ("title", "taken", "free"),
    [
        (("A", "B"), [], ("A", "B")),
        (("A", "B"), [("A", "B")], ("A (2)", "B (2)")),
        (("A", "B"), [("X", "B"), ("A (2)", "Y")], ("A (3)", "B (3)")),
        (("A (2)", "B (2)"), [("A", "B"), ("A (2)", "B (2)")], ("A (3)", "B (3)")),
        (("A", ""), [("A", "")], ("A (2)", "")),
        (("", ""), [("", "")], ("", "")),
        (("A (2)", "B"), [("C", "D")], ("A (2)", "B")),
    ],
)
def test_no_two_forms_begin_under_one_title(
    title: tuple[str, str], taken: list[tuple[str, str]], free: tuple[str, str]
) -> None:
    assert drafts.free_title(Bilingual(*title), [Bilingual(*one) for one in taken]) == Bilingual(*free)


def test_what_others_wait_for_stays() -> None:
    data, key = drafts.add_question(WHOLE, SECTIONS[0], set())
    waiting = {**drafts.find(data, key), "show_if": {"question": "project_name", "operator": "answered", "value": ""}}
    data = drafts.replace(data, key, waiting)

    with pytest.raises(drafts.Needed) as reason:
        drafts.remove(data, "project_name")

    assert key in reason.value.by
    assert drafts.find(drafts.remove(drafts.remove(data, key), key_without_dependents(data)), key) is None


def key_without_dependents(data: dict[str, Any]) -> str:
    """A question on which nobody waits."""
    return next(one for one in KEYS if not drafts.dependents(data, {one}))


def test_a_part_with_questions_that_others_need_stays() -> None:
    data, section = drafts.add_section(WHOLE, set())
    data, key = drafts.add_question(data, section, set())
    data, other = drafts.add_question(data, SECTIONS[0], set())
    condition = {"question": key, "operator": "answered", "value": ""}
    data = drafts.replace(data, other, {**drafts.find(data, other), "show_if": condition})

    with pytest.raises(drafts.Needed):
        drafts.remove_section(data, section)
    without = drafts.remove_section(drafts.remove(data, other), section)

    assert drafts.section_of(without, section) is None
    assert drafts.find(without, key) is None


def test_a_question_that_the_house_uses_brings_its_own_name_kind_and_choices() -> None:
    data, key = drafts.add_question(drafts.empty_form("form"), "s1", set(), special="file_language")

    made = drafts.find(data, key)
    assert key == "file_language"
    assert made["kind"] == "one_choice"
    assert [choice["code"] for choice in made["choices"]] == ["nl", "fr"]
    again, other = drafts.add_question(data, "s1", set(), special="file_language")
    assert other == "q1"
    assert drafts.find(again, other)["kind"] == "short_text"


def test_fields_of_a_group_come_and_go() -> None:
    group = next(one["key"] for one in drafts.every_question(WHOLE) if one["kind"] == "group")
    data, place = drafts.add_field(WHOLE, group, set())

    assert drafts.find(data, place)["kind"] == "short_text"
    assert drafts.remove(data, place) == WHOLE


def test_each_text_has_a_place_of_its_own() -> None:
    texts = drafts.texts_of(WHOLE)

    assert texts["form:title"].nl == WHOLE["title"]["nl"]
    assert {f"{section}:title" for section in SECTIONS} <= set(texts)
    assert {f"{key}:label" for key in KEYS} <= set(texts)
    assert any(":choice:" in place for place in texts)
