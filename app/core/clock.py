"""The only clock: instants in UTC, dates and times in Brussels."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def in_brussels(at: datetime) -> datetime:
    """The instant in Brussels time."""
    return at.astimezone(BRUSSELS)


def day_of(at: datetime) -> date:
    """The calendar day in Brussels."""
    return in_brussels(at).date()


def brussels(day: date, hour: int, minute: int = 0) -> datetime:
    """The UTC instant of this day and time in Brussels (the first one when summer time ends)."""
    return datetime.combine(day, time(hour, minute), BRUSSELS).astimezone(UTC)


def times_shown(day: date, hour: int, minute: int = 0) -> int:
    """How often a Brussels clock shows this time on this day: once, except on the nights when the clock changes."""
    first, second = (datetime.combine(day, time(hour, minute, fold=fold), BRUSSELS) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return 1
    shown = in_brussels(first.astimezone(UTC))
    return 2 if (shown.hour, shown.minute) == (hour, minute) else 0
