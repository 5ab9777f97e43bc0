"""What readiness means for letters."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.core.clock import now
from app.site.rules import LONGEST_WAIT, headline, is_stuck


@pytest.mark.parametrize(
    ("waits", "stuck"),
    [(timedelta(0), False), (LONGEST_WAIT, False), (LONGEST_WAIT + timedelta(seconds=1), True)],
)
def test_letters_are_stuck_when_one_has_been_due_for_too_long(waits: timedelta, stuck: bool) -> None:
    at = now()

    assert is_stuck(at - waits, at) is stuck


def test_empty_outbox_is_not_stuck() -> None:
    assert not is_stuck(None, now())


@dataclass(frozen=True)
class Count:
    key: str
    period: tuple[int, int]
    as_of: date = date(2021, 2, 3)


def test_headline_keeps_the_newest_years_of_the_first_figure() -> None:
    early, late, other = Count("projects", (2016, 2017)), Count("projects", (2016, 2020)), Count("jobs", (2016, 2020))
    elsewhere = Count("people", (2015, 2025))

    assert headline([early, late, other, elsewhere]) == [(late, None), (other, None)]


def test_headline_shows_a_part_within_its_whole() -> None:
    whole, part, jobs = Count("projects", (2016, 2020)), Count("running", (2021, 2021)), Count("jobs", (2016, 2020))

    assert headline([whole, part, jobs]) == [(whole, part), (jobs, None)]


def test_headline_leaves_out_a_part_that_was_counted_on_another_day() -> None:
    whole, later = Count("projects", (2016, 2020)), Count("running", (2025, 2025), date(2025, 12, 10))

    assert headline([whole, later]) == [(whole, None)]


def test_headline_stops_after_four_figures_and_may_be_empty() -> None:
    assert len(headline([Count(str(number), (2016, 2020)) for number in range(6)])) == 4
    assert headline([]) == []
