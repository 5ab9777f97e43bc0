"""On which days Belgium works."""

from datetime import date, timedelta

SATURDAY = 5
# New Year, Labour Day, the national holiday, Assumption, All Saints, the armistice, Christmas (law of 4 January 1974).
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian reckoning (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    leap_centuries, leap_rest = divmod(century, 4)
    moon = (8 * century + 13) // 25
    golden = year % 19
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    correction = (golden + 11 * epact) // 319
    leaps, rest = divmod(rest, 4)
    weekday = (2 * leap_rest + 2 * leaps - rest - epact + correction + 32) % 7
    month = (epact - correction + weekday + 90) // 25
    return date(year, month, (epact - correction + weekday + month + 19) % 32)


def is_holiday(day: date) -> bool:
    """Is it one of the ten public holidays?"""
    sunday = easter(day.year)
    return (day.month, day.day) in FIXED or day in {sunday + timedelta(days=after) for after in AFTER_EASTER}


def is_working_day(day: date) -> bool:
    """From Monday to Friday, and no public holiday."""
    return day.weekday() < SATURDAY and not is_holiday(day)


def working_day_from(day: date) -> date:
    """This day when it is a working day, or else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
