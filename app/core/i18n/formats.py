"""Dates, times, numbers and amounts as each language writes them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol

from app.core import clock
from app.core.i18n.language import REGIONS, locale

NARROW_SPACE, SPACE = "\u202f", "\u00a0"
DECIMAL = {locale: get_decimal_symbol(region.replace("-", "_")) for locale, region in REGIONS.items()}
MONTH_OF_VERSION = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def day(value: date | datetime) -> str:
    """vrijdag 17 april 2026, vendredi 17 avril 2026."""
    return _first_of_month(format_date(_day(value), "EEEE d MMMM y", locale=locale()), value)


def long_date(value: date | datetime) -> str:
    """17 april 2026, 17 avril 2026."""
    return _first_of_month(format_date(_day(value), "d MMMM y", locale=locale()), value)


def short_day(value: date | datetime) -> str:
    """17 april, 17 avril."""
    return _first_of_month(format_date(_day(value), "d MMMM", locale=locale()), value)


def month(value: date) -> str:
    """april 2026, avril 2026."""
    return str(format_date(value, "MMMM y", locale=locale()))


def short_month(value: date) -> str:
    """jan, janv."""
    return str(format_date(value, "LLL", locale=locale()))


def hour(value: datetime) -> str:
    """12.00 uur, 18.30 uur; 12 h, 18 h 30."""
    local = clock.in_brussels(value)
    if locale() == "fr":
        return f"{local.hour}{SPACE}h{SPACE}{local.minute:02}" if local.minute else f"{local.hour}{SPACE}h"
    return f"{local.hour}.{local.minute:02}{SPACE}uur"


def hours(start: datetime, end: datetime) -> str:
    """van 18.30 tot 20.30 uur; de 18 h 30 à 20 h 30."""
    if locale() == "fr":
        return f"de {hour(start)} à {hour(end)}"
    local = clock.in_brussels(start)
    return f"van {local.hour}.{local.minute:02} tot {hour(end)}"


def text_version(code: str) -> str:
    """The version of a text in words: november 2026 for 2026-11, a date for a day, anything else unchanged."""
    found = MONTH_OF_VERSION.fullmatch(code)
    if not found:
        return code
    try:
        of = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return code
    return long_date(of) if found[3] else month(of)


def moment(value: datetime) -> str:
    """In a sentence: vrijdag 17 april 2026 om 12.00 uur; vendredi 17 avril 2026 à 12 h."""
    return f"{day(value)} {'à' if locale() == 'fr' else 'om'} {hour(value)}"


def timestamp(value: datetime) -> str:
    """In a table or a list: vrijdag 17 april 2026, 12.00 uur; vendredi 17 avril 2026 à 12 h."""
    return moment(value) if locale() == "fr" else f"{day(value)}, {hour(value)}"


def share(part: float, whole: float = 100) -> int:
    """A share of the whole in per cent, 0 to 100: the number in the classes `v37` and `t37` of a bar."""
    return min(max(round(100 * part / whole), 0), 100) if whole else 0


def iso(value: date | datetime) -> str:
    """The value of a `datetime` attribute, in Brussels time."""
    return clock.in_brussels(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def rfc3339(at: datetime) -> str:
    """2027-02-01T10:00:00Z, for machines."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def number(value: float | Decimal) -> str:
    """3.000 and 4,15; 3 000 and 4,15."""
    return format_decimal(value, locale=REGIONS[locale()].replace("-", "_")).replace(SPACE, NARROW_SPACE)


def tenths(value: float) -> str:
    """71,3: one decimal."""
    return decimals(1)(value)


def hundredths(value: float) -> str:
    """0,71: two decimals."""
    return decimals(2)(value)


def decimals(count: int) -> Callable[[float], str]:
    """A formatter with this many decimals in the page's language; Babel takes thirty times as long."""
    form, symbol = f"%.{count}f", DECIMAL[locale()]
    return lambda value: (form % value).replace(".", symbol)


def money(value: float | Decimal) -> str:
    """€ 48.500; 48 500 €."""
    return f"{number(value)}{SPACE}€" if locale() == "fr" else f"€{SPACE}{number(value)}"


def percent(value: float) -> str:
    """35%; 35 %."""
    return f"{number(value)}{NARROW_SPACE}%" if locale() == "fr" else f"{number(value)}%"


def size(raw_bytes: int) -> str:
    """84 kB, 1,2 MB; 84 ko, 1,2 Mo."""
    unit = "o" if locale() == "fr" else "B"
    if raw_bytes < 1_000_000:
        return f"{number(max(1, round(raw_bytes / 1000)))}{SPACE}k{unit}"
    return f"{number(round(raw_bytes / 1_000_000, 1))}{SPACE}M{unit}"


def _first_of_month(text: str, value: date | datetime) -> str:
    """French writes `1er`; day and month stay on one line."""
    local = _day(value)
    if locale() == "fr" and local.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(f"{local.day} ", f"{local.day}{SPACE}", 1).replace("1er ", f"1er{SPACE}", 1)


def _day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value
