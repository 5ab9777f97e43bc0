"""Two writers, one section: nothing that one of them changed is lost, and nothing that both changed is decided."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.applications.rules.merging import merge

ANSWERS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "one", "two", "three"]))


def test_what_only_one_of_them_changed_is_taken_over() -> None:
    merged = merge({"a": "1", "b": "1"}, {"a": "mine", "b": "1"}, {"a": "1", "b": "theirs"})

    assert merged.answers == {"a": "mine", "b": "theirs"}
    assert merged.conflicts == ()


def test_what_both_changed_is_asked_and_mine_stands_in_the_field() -> None:
    merged = merge({"a": "1"}, {"a": "mine"}, {"a": "theirs"})

    assert merged.answers == {"a": "mine"}
    assert merged.conflicts == ("a",)


def test_left_empty_and_never_asked_are_the_same() -> None:
    merged = merge({}, {"a": "", "b": "mine"}, {"a": "theirs", "b": ""})

    assert merged.answers == {"a": "theirs", "b": "mine"}
    assert merged.conflicts == ()


def test_the_same_change_is_no_conflict() -> None:
    assert merge({"a": "1"}, {"a": "2"}, {"a": "2"}).conflicts == ()


@given(ANSWERS, ANSWERS, ANSWERS)
def test_every_change_survives_or_is_asked(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(base, mine, theirs)

    for key in "abcd":
        before, here, there, now = (one.get(key, "") for one in (base, mine, theirs, merged.answers))
        if here != before:
            assert now == here
        if there != before:
            assert now == there or key in merged.conflicts


@given(ANSWERS, ANSWERS)
def test_merging_with_nothing_new_changes_nothing(base: dict[str, Any], mine: dict[str, Any]) -> None:
    assert merge(base, mine, base).answers == mine
    assert not merge(base, mine, base).conflicts
