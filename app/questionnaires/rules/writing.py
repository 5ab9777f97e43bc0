"""Format numbers, amounts and dates in answers."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import get_locale

from app.core.i18n.bilingual import LOCALES

NARROW_SPACE, SPACE = "\u202f", "\u00a0"


def current() -> str:
    """The current language."""
    locale = get_locale()
    return str(locale.language) if locale else LOCALES[0]


def number(value: Decimal | float, locale: str) -> str:
    """3.000 and 4,15; 3 000 and 4,15: with the given decimals."""
    written = format_decimal(value, locale=f"{locale}_BE", decimal_quantization=False)
    return str(written).replace(SPACE, NARROW_SPACE)


def money(value: Decimal, locale: str) -> str:
    """€ 48.500 or 48 500 €; cents only when there are any, with both digits."""
    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    written = format_decimal(value, pattern, locale=f"{locale}_BE").replace(SPACE, NARROW_SPACE)
    return f"{written}{SPACE}€" if locale == "fr" else f"€{SPACE}{written}"


def day(value: date, locale: str) -> str:
    """17 april 2026; 1er avril 2026."""
    written = str(format_date(value, "d MMMM y", locale=f"{locale}_BE"))
    first = "1er" if locale == "fr" and value.day == 1 else str(value.day)
    return f"{first}{SPACE}{written.split(' ', 1)[1]}"


def size(raw_bytes: int, locale: str) -> str:
    """84 kB, 1,2 MB; 84 ko, 1,2 Mo."""
    unit = "o" if locale == "fr" else "B"
    if raw_bytes < 1_000_000:
        return f"{number(max(1, round(raw_bytes / 1000)), locale)}{SPACE}k{unit}"
    return f"{number(round(raw_bytes / 1_000_000, 1), locale)}{SPACE}M{unit}"
