"""The one rule about open calls, through both changes of summer time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.clock import brussels
from app.programmes.rules.calls import (
    CallState,
    StepState,
    accepts_submission,
    call_state,
    current_call,
    days_left,
    is_open,
    step_states,
    urgency,
)

OPENS = brussels(date(2027, 1, 11), 9)
CLOSES = brussels(date(2027, 2, 22), 12)
SECOND = timedelta(seconds=1)

# 28 March 2027: clocks go from 2 to 3; 31 October 2027: from 3 back to 2.
SPRING = brussels(date(2027, 3, 29), 12)
AUTUMN = brussels(date(2027, 11, 1), 12)


@dataclass(frozen=True)
class Dates:
    opens_at: datetime
    closes_at: datetime | None


def test_call_is_scheduled_until_its_first_moment() -> None:
    assert call_state(OPENS, CLOSES, OPENS - SECOND) == CallState.SCHEDULED
    assert call_state(OPENS, CLOSES, OPENS) == CallState.OPEN


def test_call_is_closed_from_its_last_moment_on() -> None:
    assert call_state(OPENS, CLOSES, CLOSES - SECOND) == CallState.CLOSING_SOON
    assert call_state(OPENS, CLOSES, CLOSES) == CallState.CLOSED


def test_call_closes_soon_from_the_midnight_seven_days_before() -> None:
    midnight = brussels(date(2027, 2, 15), 0)

    assert call_state(OPENS, CLOSES, midnight - SECOND) == CallState.OPEN
    assert call_state(OPENS, CLOSES, midnight) == CallState.CLOSING_SOON


def test_call_without_end_is_rolling_once_it_has_opened() -> None:
    assert call_state(OPENS, None, OPENS - SECOND) == CallState.SCHEDULED
    assert call_state(OPENS, None, OPENS + timedelta(days=4000)) == CallState.ROLLING


@pytest.mark.parametrize(
    ("at", "answer"),
    [(OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False)],
)
def test_is_open_follows_the_state(at: datetime, answer: bool) -> None:
    assert is_open(OPENS, CLOSES, at) is answer


def test_call_that_closes_before_it_opens_is_never_open() -> None:
    assert not is_open(CLOSES, OPENS, OPENS - SECOND)
    assert not is_open(CLOSES, OPENS, CLOSES + SECOND)


def test_noon_stays_noon_when_summer_time_begins() -> None:
    assert datetime(2027, 3, 29, 10, tzinfo=UTC) == SPRING
    assert call_state(OPENS, SPRING, datetime(2027, 3, 29, 9, 59, 59, tzinfo=UTC)) == CallState.CLOSING_SOON
    assert call_state(OPENS, SPRING, datetime(2027, 3, 29, 10, tzinfo=UTC)) == CallState.CLOSED


def test_noon_stays_noon_when_summer_time_ends() -> None:
    assert datetime(2027, 11, 1, 11, tzinfo=UTC) == AUTUMN
    assert call_state(OPENS, AUTUMN, datetime(2027, 11, 1, 10, 59, 59, tzinfo=UTC)) == CallState.CLOSING_SOON
    assert call_state(OPENS, AUTUMN, datetime(2027, 11, 1, 11, tzinfo=UTC)) == CallState.CLOSED


@pytest.mark.parametrize("closes", [SPRING, AUTUMN])
def test_days_left_counts_midnights_and_not_hours(closes: datetime) -> None:
    day = date(2027, 3, 29) if closes == SPRING else date(2027, 11, 1)

    counted = [days_left(closes, brussels(day - timedelta(days=back), hour)) for back in range(9) for hour in (0, 23)]

    assert counted == [back for back in range(9) for _hour in (0, 23)]


@pytest.mark.parametrize("closes", [SPRING, AUTUMN])
def test_closing_soon_begins_at_midnight_on_both_sides_of_a_clock_change(closes: datetime) -> None:
    day = date(2027, 3, 22) if closes == SPRING else date(2027, 10, 25)
    midnight = brussels(day, 0)

    assert call_state(OPENS, closes, midnight - SECOND) == CallState.OPEN
    assert call_state(OPENS, closes, midnight) == CallState.CLOSING_SOON


def test_deadline_within_the_repeated_hour_closes_at_its_first_passing() -> None:
    closes = brussels(date(2027, 10, 31), 2, 30)

    assert call_state(OPENS, closes, datetime(2027, 10, 31, 0, 29, 59, tzinfo=UTC)) == CallState.CLOSING_SOON
    assert call_state(OPENS, closes, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)) == CallState.CLOSED


@pytest.mark.parametrize(
    ("late", "was_writing", "accepted"),
    [
        (-SECOND, False, True),
        (timedelta(0), False, False),
        (timedelta(0), True, True),
        (timedelta(minutes=15) - SECOND, True, True),
        (timedelta(minutes=15), True, False),
        (timedelta(minutes=1), False, False),
    ],
)
def test_grace_is_for_whoever_was_writing(late: timedelta, was_writing: bool, accepted: bool) -> None:
    assert accepts_submission(CLOSES, 15, CLOSES + late, was_writing) is accepted


def test_grace_lasts_fifteen_real_minutes_over_a_clock_change() -> None:
    closes = brussels(date(2027, 3, 28), 1, 55)

    assert accepts_submission(closes, 15, closes + timedelta(minutes=14), was_writing=True)
    assert not accepts_submission(closes, 15, closes + timedelta(minutes=15), was_writing=True)


def test_rolling_call_accepts_always() -> None:
    assert accepts_submission(None, 0, CLOSES, was_writing=False)


def test_current_call_is_the_open_one_that_closes_first() -> None:
    rolling = Dates(OPENS - timedelta(days=500), None)
    later = Dates(OPENS, CLOSES + timedelta(days=30))
    first = Dates(OPENS, CLOSES)
    over = Dates(OPENS - timedelta(days=90), OPENS - timedelta(days=60))

    assert current_call([over, rolling, later, first], OPENS) == first


def test_current_call_is_the_next_to_open_when_none_is_open() -> None:
    over = Dates(OPENS - timedelta(days=90), OPENS - timedelta(days=60))
    after = Dates(OPENS + timedelta(days=200), CLOSES + timedelta(days=200))
    coming = Dates(OPENS, CLOSES)

    assert current_call([after, over, coming], OPENS - SECOND) == coming


def test_current_call_is_the_last_closed_when_nothing_comes() -> None:
    older = Dates(OPENS - timedelta(days=90), OPENS - timedelta(days=60))
    last = Dates(OPENS, CLOSES)

    assert current_call([last, older], CLOSES) == last


def test_programme_without_calls_has_no_current_call() -> None:
    assert current_call([], OPENS) is None


def test_steps_of_today_and_later_are_not_done() -> None:
    days = [date(2027, 1, 11), date(2027, 1, 19), date(2027, 1, 19), date(2027, 2, 22)]

    assert step_states(days, date(2027, 1, 19)) == [StepState.DONE, StepState.NOW, StepState.NOW, StepState.NEXT]
    assert step_states(days, date(2027, 1, 20)) == [StepState.DONE, StepState.DONE, StepState.DONE, StepState.NOW]
    assert step_states(days, date(2027, 2, 23)) == [StepState.DONE] * 4
    assert step_states([], date(2027, 2, 23)) == []


def test_what_closes_first_is_the_most_urgent_and_no_call_the_least() -> None:
    states = [None, CallState.CLOSED, CallState.SCHEDULED, CallState.ROLLING, CallState.OPEN, CallState.CLOSING_SOON]

    assert sorted(states, key=urgency) == states[::-1]
