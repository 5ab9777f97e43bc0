"""When a file may be changed and handed in: one rule, tried at the edges of every clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.applications.rules.states import State
from app.applications.rules.submission_window import SubmissionWindow, is_in_grace, may_edit
from app.core import clock

OPENS = datetime(2027, 1, 11, 8, tzinfo=UTC)
CLOSES = clock.brussels(date(2027, 2, 22), 12)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
BEFORE_SUMMER = clock.brussels(date(2027, 3, 28), 12)  # the night before had one hour less
LEAP_DAY = clock.brussels(date(2028, 2, 29), 12)
AFTER_SUMMER = clock.brussels(date(2027, 10, 31), 12)  # the night before had one hour more


def window(
    closes_at: datetime | None = CLOSES,
    *,
    opens_at: datetime = OPENS,
    saved_at: datetime = OPENS,
    late_until: datetime | None = None,
    grace: int = 15,
    rehearsal: bool = False,
) -> SubmissionWindow:
    return SubmissionWindow(opens_at, closes_at, grace, saved_at, late_until, rehearsal)


CASES = {
    "before it opens": (window(), OPENS - SECOND, False),
    "at its first moment": (window(), OPENS, True),
    "a second before closing": (window(), CLOSES - SECOND, True),
    "at closing": (window(), CLOSES, False),
    "at closing, while writing": (window(saved_at=CLOSES - MINUTE), CLOSES, True),
    "at the last second of grace": (window(saved_at=CLOSES - MINUTE), CLOSES + 15 * MINUTE - SECOND, True),
    "when grace is over": (window(saved_at=CLOSES - MINUTE), CLOSES + 15 * MINUTE, False),
    "saved exactly one grace before closing": (window(saved_at=CLOSES - 15 * MINUTE), CLOSES + MINUTE, True),
    "saved a second earlier than that": (window(saved_at=CLOSES - 15 * MINUTE - SECOND), CLOSES + MINUTE, False),
    "without grace, while writing": (window(saved_at=CLOSES - SECOND, grace=0), CLOSES, False),
    "with a late code, after closing": (window(late_until=CLOSES + DAY), CLOSES + DAY - SECOND, True),
    "with a late code that is over": (window(late_until=CLOSES + DAY), CLOSES + DAY, False),
    "with a late code, in its own grace": (
        window(late_until=CLOSES + DAY, saved_at=CLOSES + DAY - MINUTE),
        CLOSES + DAY + 14 * MINUTE,
        True,
    ),
    "a late code never shortens": (window(late_until=CLOSES - DAY), CLOSES - SECOND, True),
    "extended by a week": (window(CLOSES + 7 * DAY), CLOSES + DAY, True),
    "closed early": (window(CLOSES - 7 * DAY), CLOSES - DAY, False),
    "rolling, years later": (window(None), OPENS + 4000 * DAY, True),
    "rolling, before it opens": (window(None), OPENS - SECOND, False),
    "rolling, with a late code": (window(None, late_until=OPENS), OPENS + DAY, True),
    "clock 400 days early": (window(), CLOSES - 400 * DAY, False),
    "clock 400 days late": (window(), CLOSES + 400 * DAY, False),
    "noon on the day summer time begins, a second before": (window(BEFORE_SUMMER), BEFORE_SUMMER - SECOND, True),
    "noon on the day summer time begins": (window(BEFORE_SUMMER), datetime(2027, 3, 28, 10, tzinfo=UTC), False),
    "noon on the day summer time ends, a second before": (window(AFTER_SUMMER), AFTER_SUMMER - SECOND, True),
    "noon on the day summer time ends": (window(AFTER_SUMMER), datetime(2027, 10, 31, 11, tzinfo=UTC), False),
    "leap day": (window(LEAP_DAY), LEAP_DAY - SECOND, True),
    "leap day, at noon": (window(LEAP_DAY), datetime(2028, 2, 29, 11, tzinfo=UTC), False),
    "beyond 2038": (window(datetime(2040, 1, 1, tzinfo=UTC)), datetime(2039, 12, 31, tzinfo=UTC), True),
    "a rehearsal, long after closing": (window(rehearsal=True), CLOSES + 400 * DAY, True),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_open_exactly_as_long_as_the_rule_says(case: str) -> None:
    given_window, at, is_open = CASES[case]

    assert may_edit(State.DRAFT, given_window, at) is is_open


@pytest.mark.parametrize("case", CASES)
def test_correcting_follows_the_same_rule_as_writing(case: str) -> None:
    given_window, at, is_open = CASES[case]

    assert may_edit(State.SUBMITTED, given_window, at) is is_open
    assert may_edit(State.INCOMPLETE, given_window, at)
    assert not may_edit(State.ELIGIBLE, given_window, at)


@given(st.integers(-400, 400), st.integers(0, 120), st.integers(0, 5000))
def test_nobody_who_was_on_time_is_kept_out_and_grace_is_the_only_way_after(
    minutes: int, grace: int, saved_before: int
) -> None:
    at = CLOSES + minutes * MINUTE
    found = may_edit(State.DRAFT, window(saved_at=CLOSES - saved_before * MINUTE, grace=grace), at)

    assert found is (minutes < 0 or (saved_before <= grace and minutes < grace))


def test_handing_in_after_the_deadline_is_marked_as_such() -> None:
    assert not is_in_grace(State.DRAFT, window(), CLOSES - SECOND)
    assert is_in_grace(State.DRAFT, window(), CLOSES)
    assert is_in_grace(State.SUBMITTED, window(), CLOSES)
    assert not is_in_grace(State.INCOMPLETE, window(), CLOSES), "the team asked for it"
    assert not is_in_grace(State.DRAFT, window(late_until=CLOSES + DAY), CLOSES)
    assert not is_in_grace(State.DRAFT, window(None), CLOSES)
