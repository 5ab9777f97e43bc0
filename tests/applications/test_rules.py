"""States and steps, the time in which a file may change, and references."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications.rules.reference import is_reference, reference
from app.applications.rules.states import (
    MOVES,
    OUTCOMES,
    SENTENCES,
    STATE_NAMES,
    WAY,
    State,
    lies_ahead,
    may_move,
    possible_moves,
    stage_of,
)
from app.applications.rules.timeline import timeline
from app.core.drawings.construction import Stage
from app.programmes.rules.calls import StepState

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


TODAY = date(2027, 2, 10)


def moved(*states: State) -> list[SimpleNamespace]:
    """Changes of state, one a day from 1 February."""
    return [
        SimpleNamespace(at=datetime(2027, 2, 1 + day, 10, tzinfo=UTC), to_state=to) for day, to in enumerate(states)
    ]


def planned(**days: int) -> list[SimpleNamespace]:
    """Steps of the plan: the state that each reaches, and the day of February."""
    return [SimpleNamespace(on=date(2027, 2, day), reaches=reaches) for reaches, day in days.items()]


def way(
    current: State, moves: list[SimpleNamespace], steps: list[SimpleNamespace], **more: Any
) -> list[tuple[str, str]]:
    """(state of the line, what it is about): the state reached, the planned step, or both."""
    lines = timeline(current, moves, steps, received_at=datetime(2027, 2, 1, 10, tzinfo=UTC), today=TODAY, **more)
    about = [
        "+".join(filter(None, (line.reached, line.step and line.step.reaches, line.has_closed and "closed")))
        for line in lines
    ]
    return list(zip([line.state.value for line in lines], about, strict=True))


def test_a_step_that_goes_on_stands_once_and_not_as_done_and_to_come() -> None:
    reading = moved(State.SUBMITTED, State.ELIGIBLE, State.IN_REVIEW)
    before_jury = [*reading, *moved(State.JURY)]
    steps = planned(eligible=9, interview=12, jury=15, accepted=20)

    assert way(State.IN_REVIEW, reading, steps) == [
        *(("done", "submitted"), ("done", "eligible"), ("now", "in_review+interview")),
        *(("next", "jury"), ("next", "accepted")),
    ]
    assert ("now", "jury+accepted") in way(State.JURY, before_jury, steps)
    assert "accepted" not in [about for _state, about in way(State.JURY, before_jury, steps)]


def test_a_step_that_was_taken_back_is_not_done() -> None:
    steps = planned(eligible=12)
    back = moved(State.SUBMITTED, State.ELIGIBLE, State.INELIGIBLE, State.SUBMITTED)

    assert way(State.SUBMITTED, back, steps) == [
        *(("done", "submitted"), ("done", "ineligible"), ("now", "submitted")),
        ("next", "eligible"),
    ]


def test_the_receipt_and_an_early_closing_stand_in_their_order() -> None:
    early = {"closed_early_at": datetime(2027, 2, 2, tzinfo=UTC)}

    assert way(State.SUBMITTED, [], planned(eligible=12), **early) == [
        *(("done", "submitted"), ("done", "closed"), ("next", "eligible")),
    ]


@given(st.lists(st.sampled_from(sorted(State)), min_size=1, max_size=8), st.lists(st.integers(1, 28), max_size=8))
def test_no_line_is_both_done_and_to_come(states: list[State], days: list[int]) -> None:
    steps = [SimpleNamespace(on=date(2027, 2, day), reaches=one) for day, one in zip(sorted(days), WAY, strict=False)]
    lines = timeline(states[-1], moved(*states), steps, received_at=None, today=TODAY)

    done = {line.reached for line in lines if line.state is not StepState.NEXT}
    coming = [line.step.reaches for line in lines if line.state is StepState.NEXT]
    shown = [line.step for line in lines if line.step]
    assert not done & set(coming)
    assert len({id(step) for step in shown}) == len(shown)


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


def test_the_drawn_house_is_a_plot_until_the_place_is_confirmed_and_nothing_after_a_refusal() -> None:
    drawn = {state: stage_of(state) for state in State}

    assert {state for state, stage in drawn.items() if stage == Stage.GROUND_FLOOR} == {State.CONFIRMED}
    assert {state for state, stage in drawn.items() if stage is None} == {
        *(State.DRAFT, State.INELIGIBLE, State.DECLINED),
        *(State.DECLINED_BY_TEAM, State.WITHDRAWN),
    }
