"""Periods in hours, days or calendar months."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from flask_babel import ngettext


@dataclass(frozen=True)
class Period:
    """A number of hours, days or months."""

    count: int
    unit: Literal["hours", "days", "months"] = "months"

    def after(self, start: datetime) -> datetime:
        """The end of a period that starts then; the last day of a shorter month."""
        if self.unit != "months":
            return start + timedelta(**{self.unit: self.count})
        year, month = _shifted(start, self.count)
        return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))

    def before(self, end: datetime) -> datetime:
        """The latest start of a period that is over at `end`."""
        if self.unit != "months":
            return end - timedelta(**{self.unit: self.count})
        year, month = _shifted(end, -self.count)
        last = monthrange(year, month)[1]
        is_last = end.day == monthrange(end.year, end.month)[1]
        return end.replace(year=year, month=month, day=last if is_last else min(end.day, last))

    def words(self) -> str:
        """In the page's language, such as `6 months`."""
        if self.unit == "hours":
            return str(ngettext("%(num)s hour", "%(num)s hours", self.count))
        if self.unit == "days":
            return str(ngettext("%(num)s day", "%(num)s days", self.count))
        return str(ngettext("%(num)s month", "%(num)s months", self.count))


def _shifted(at: datetime, months: int) -> tuple[int, int]:
    years, month = divmod(at.month - 1 + months, 12)
    return at.year + years, month + 1
