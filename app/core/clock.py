"""The one clock: instants in UTC, days and hours as people in Brussels read them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def in_brussels(at: datetime) -> datetime:
    """The same instant on a Brussels clock."""
    return at.astimezone(BRUSSELS)


def day_of(at: datetime) -> date:
    """The calendar day in Brussels of an instant."""
    return in_brussels(at).date()


def brussels(day: date, hour: int, minute: int = 0) -> datetime:
    """The UTC instant at which a Brussels clock shows this day and hour (the first one when summer time ends)."""
    return datetime.combine(day, time(hour, minute), BRUSSELS).astimezone(UTC)


def times_shown(day: date, hour: int, minute: int = 0) -> int:
    """How often a Brussels clock shows this hour on this day: once, but for the nights on which the clocks change."""
    first, second = (datetime.combine(day, time(hour, minute, fold=fold), BRUSSELS) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return 1
    shown = in_brussels(first.astimezone(UTC))
    return 2 if (shown.hour, shown.minute) == (hour, minute) else 0
