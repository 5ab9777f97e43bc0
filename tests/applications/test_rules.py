"""States and steps, the time in which a file may change, and references."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications.rules.reference import is_reference, reference
from app.applications.rules.states import (
    MOVES,
    OUTCOMES,
    SENTENCES,
    STATE_NAMES,
    State,
    lies_ahead,
    may_move,
    possible_moves,
)

CLOSES = datetime(2027, 2, 22, 11, tzinfo=UTC)
OPENS = CLOSES - timedelta(days=42)
ENDED = {State.INELIGIBLE, State.DECLINED, State.DECLINED_BY_TEAM, State.WITHDRAWN}


def test_every_state_has_moves_a_name_and_a_sentence() -> None:
    assert set(MOVES) == set(STATE_NAMES) == set(SENTENCES) == set(State)


def test_outcomes_come_only_from_the_jury_or_from_another_outcome() -> None:
    """From the reserve list to a place, or by correcting what was told."""
    sources = {source for source in State for outcome in OUTCOMES if may_move(source, outcome)}

    assert sources == {State.JURY, *OUTCOMES}


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DECLINED_BY_TEAM])
def test_a_place_that_was_answered_for_is_not_decided_on_again(state: State) -> None:
    assert not MOVES[state] & OUTCOMES


def test_a_draft_can_only_be_handed_in_or_taken_back() -> None:
    assert MOVES[State.DRAFT] == {State.SUBMITTED, State.WITHDRAWN}


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED_BY_TEAM])
def test_some_states_are_final(state: State) -> None:
    assert MOVES[state] == frozenset()


def test_staff_neither_withdraw_nor_decide_by_hand() -> None:
    by_hand = {to for state in State for to in possible_moves(state)}

    assert not by_hand & (OUTCOMES | {State.WITHDRAWN, State.DRAFT})


def test_withdrawal_stays_possible_until_a_decision_is_told() -> None:
    before = [
        State.DRAFT,
        State.SUBMITTED,
        State.INCOMPLETE,
        State.ELIGIBLE,
        State.IN_REVIEW,
        State.INTERVIEW,
        State.JURY,
    ]

    assert [state for state in State if may_move(state, State.WITHDRAWN)] == before


@pytest.mark.parametrize(
    ("reaches", "ahead_in"),
    [
        ("submitted", {State.DRAFT}),
        ("eligible", {State.DRAFT, State.SUBMITTED, State.INCOMPLETE}),
        (
            "accepted",
            set(State) - OUTCOMES - {State.CONFIRMED, State.INELIGIBLE, State.DECLINED_BY_TEAM, State.WITHDRAWN},
        ),
        ("", set(State) - {State.INELIGIBLE, State.DECLINED, State.DECLINED_BY_TEAM, State.WITHDRAWN}),
    ],
)
def test_a_planned_step_lies_ahead_until_its_state_is_reached(reaches: str, ahead_in: set[State]) -> None:
    assert {state for state in State if lies_ahead(reaches, state)} == ahead_in


def test_a_reference_is_short_and_checked() -> None:
    assert reference("SE", 2027, 1) == "SE27-0010" or is_reference(reference("SE", 2027, 1))
    assert len(reference("SE", 2027, 42)) == len("SE27-0428")


@given(st.integers(1, 99_999), st.integers(2020, 2099), st.integers(0, 9), st.integers(0, 4))
def test_one_wrong_digit_is_found(number: int, year: int, digit: int, place: int) -> None:
    good = reference("SE", year, number)
    positions = [index for index, letter in enumerate(good) if letter.isdigit()]
    at = positions[place % len(positions)]
    wrong = good[:at] + str(digit) + good[at + 1 :]

    assert is_reference(good)
    assert is_reference(wrong) == (wrong == good)
