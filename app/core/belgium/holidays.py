"""Belgian public holidays and working days."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

SATURDAY = 5
# New Year, Labour Day, the national holiday, Assumption, All Saints, the armistice, Christmas (law of 4 January 1974).
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


@lru_cache(maxsize=8)
def public_holidays(year: int) -> frozenset[date]:
    """The ten legal public holidays; nine dates when two of them coincide."""
    sunday = easter(year)
    return frozenset(
        [date(year, month, day) for month, day in FIXED] + [sunday + timedelta(days=after) for after in AFTER_EASTER]
    )


def is_working_day(day: date) -> bool:
    """Monday to Friday, except public holidays."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_day_from(day: date) -> date:
    """The first working day on or after this day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
