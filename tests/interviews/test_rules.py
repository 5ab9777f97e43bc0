"""A day cut into slots on the clocks of Brussels, and what may still be chosen."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.applications.rules.states import MOVES, State
from app.core import clock
from app.interviews.rules import (
    EARLIER,
    MOST_SLOTS,
    fits,
    has_own_letter,
    is_open,
    is_released,
    may_call_off,
    may_choose,
    may_plan,
    overlap,
    series,
    too_few,
)

NINE, NOON = time(9), time(12)


def hours(found: list[tuple[datetime, datetime]]) -> list[str]:
    """How a clock in Brussels shows them."""
    return [f"{clock.in_brussels(begin):%d/%m %H:%M}-{clock.in_brussels(end):%H:%M}" for begin, end in found]


def test_a_morning_is_cut_into_talks_with_pauses() -> None:
    found = series(date(2027, 3, 1), date(2027, 3, 1), begins=NINE, ends=NOON, length=45, pause=15)

    assert hours(found) == ["01/03 09:00-09:45", "01/03 10:00-10:45", "01/03 11:00-11:45"]


def test_the_last_talk_ends_in_time_and_needs_no_pause_after_it() -> None:
    day = date(2027, 3, 1)

    assert len(series(day, day, begins=NINE, ends=NOON, length=60, pause=30)) == 2
    assert len(series(day, day, begins=NINE, ends=NOON, length=80, pause=20)) == 2
    assert series(day, day, begins=NINE, ends=NOON, length=181, pause=0) == []
    assert series(day, day, begins=NOON, ends=NINE, length=30, pause=0) == []


def test_the_hours_stay_the_same_when_summer_time_begins_and_ends() -> None:
    spring = series(date(2027, 3, 26), date(2027, 3, 29), begins=NINE, ends=time(9, 30), length=30, pause=0)
    autumn = series(date(2027, 10, 29), date(2027, 11, 1), begins=NINE, ends=time(9, 30), length=30, pause=0)

    assert hours(spring) == ["26/03 09:00-09:30", "29/03 09:00-09:30"]
    assert [begin for begin, _end in spring] == [
        datetime(2027, 3, 26, 8, tzinfo=UTC),
        datetime(2027, 3, 29, 7, tzinfo=UTC),
    ]
    assert [begin for begin, _end in autumn] == [
        datetime(2027, 10, 29, 7, tzinfo=UTC),
        datetime(2027, 11, 1, 8, tzinfo=UTC),
    ]


@pytest.mark.parametrize(("day", "count"), [(date(2027, 3, 28), 4), (date(2027, 10, 31), 8), (date(2027, 3, 29), 6)])
def test_minutes_pass_as_they_do_on_the_night_of_the_change(day: date, count: int) -> None:
    found = series(day, day, begins=time(1), ends=time(4), length=30, pause=0)

    assert len(found) == count
    assert {end - begin for begin, end in found} == {timedelta(minutes=30)}


def test_a_series_leaves_weekends_out_but_for_a_first_day_that_was_chosen() -> None:
    found = series(date(2027, 3, 6), date(2027, 3, 9), begins=NINE, ends=time(10), length=60, pause=0)

    assert [clock.day_of(begin).isoformat() for begin, _end in found] == ["2027-03-06", "2027-03-08", "2027-03-09"]


def test_a_series_never_runs_away() -> None:
    found = series(date(2027, 1, 1), date(2099, 1, 1), begins=time(0), ends=time(23, 59), length=5, pause=0)

    assert len(found) == MOST_SLOTS + 1


@pytest.mark.parametrize(
    ("slot", "file", "fine"), [("", "nl", True), ("", "fr", True), ("nl", "nl", True), ("nl", "fr", False)]
)
def test_a_slot_fits_the_language_of_the_file(slot: str, file: str, fine: bool) -> None:
    assert fits(slot, file) is fine


@pytest.mark.parametrize("hours", [1, 24, 336])
def test_as_long_before_as_the_call_says_people_choose_by_themselves(hours: int) -> None:
    begin, notice = datetime(2027, 3, 2, 9, tzinfo=UTC), timedelta(hours=hours)

    assert may_choose(begin, begin - notice, notice)
    assert not may_choose(begin, begin - notice + timedelta(seconds=1), notice)


def test_the_last_day_to_choose_counts_whole() -> None:
    day = date(2027, 3, 2)

    assert is_open("interview", day, day)
    assert not is_open("interview", day, day + timedelta(days=1))
    assert not is_open("jury", day, day)


def test_slots_side_by_side_do_not_overlap() -> None:
    nine, ten, eleven = (datetime(2027, 3, 2, hour, tzinfo=UTC) for hour in (9, 10, 11))

    assert not overlap((nine, ten), (ten, eleven))
    assert overlap((nine, eleven), (ten, eleven))


@pytest.mark.parametrize(
    ("waiting", "free", "short"),
    [
        (["nl", "nl"], ["nl", "nl"], False),
        (["nl", "nl"], ["nl", "fr"], True),
        (["nl", "fr"], ["", ""], False),
        (["nl", "fr", "fr"], ["nl", "", ""], False),
        (["nl", "fr", "fr"], ["nl", "nl", ""], True),
        ([], [], False),
    ],
)
def test_the_team_is_warned_when_slots_run_short(waiting: list[str], free: list[str], short: bool) -> None:
    assert too_few(waiting, free) is short


@pytest.mark.parametrize("to", list(State))
def test_only_the_state_of_interviews_keeps_what_is_to_come(to: State) -> None:
    soon, now = datetime(2027, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 1, 9, tzinfo=UTC)

    assert is_released(to, soon, now) is (to is not State.INTERVIEW)
    assert not is_released(to, now, now)  # it has begun
    assert not is_released(to, now, soon)


def test_every_state_that_leads_away_from_an_interview_may_have_one() -> None:
    """Whatever is reached from the interviews looks for one; what comes before does not."""
    reached = {State.INTERVIEW}
    while more := {to for one in reached for to in MOVES[one]} - reached - EARLIER:
        reached |= more

    assert all(may_plan(one) for one in reached)
    assert not any(may_plan(one) for one in (State.DRAFT, State.SUBMITTED, State.INCOMPLETE))


def test_one_letter_says_that_the_interview_is_cancelled() -> None:
    assert {one for one in State if has_own_letter(one)} == {State.DECLINED, State.WITHDRAWN}


def test_the_team_cancels_what_is_to_come_and_a_missed_interview_of_the_invited() -> None:
    soon, now = datetime(2027, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 1, 9, tzinfo=UTC)

    assert [may_call_off(one, soon, now) for one in State] == [True] * len(State)
    assert [one for one in State if may_call_off(one, now, soon)] == [State.INTERVIEW]
