"""The ten legal public holidays of Belgium, and working days around them."""

from datetime import date, timedelta

import pytest

from app.core.belgium.holidays import is_working_day, public_holidays, working_day_from

FIXED = ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"]


@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2026, ["04-06", "05-14", "05-25"]),
        (2027, ["03-29", "05-06", "05-17"]),
        (2028, ["04-17", "05-25", "06-05"]),
        (2029, ["04-02", "05-10", "05-21"]),
        (2030, ["04-22", "05-30", "06-10"]),
        (2031, ["04-14", "05-22", "06-02"]),
        (2032, ["03-29", "05-06", "05-17"]),
        (2033, ["04-18", "05-26", "06-06"]),
        (2034, ["04-10", "05-18", "05-29"]),
        (2035, ["03-26", "05-03", "05-14"]),
    ],
)
def test_the_ten_public_holidays_of_ten_years(year: int, movable: list[str]) -> None:
    assert sorted(public_holidays(year)) == sorted(date.fromisoformat(f"{year}-{day}") for day in [*FIXED, *movable])


def test_two_holidays_on_one_date_count_once() -> None:
    assert len(public_holidays(2008)) == 9  # Ascension fell on 1 May


def test_weekends_and_public_holidays_are_no_working_days() -> None:
    easter_monday = date(2027, 3, 29)

    assert [is_working_day(easter_monday + timedelta(days=days)) for days in (-3, -2, -1, 0, 1)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert working_day_from(date(2027, 12, 25)) == date(2027, 12, 27)
