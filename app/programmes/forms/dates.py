"""Opening and closing of a call, in Brussels time."""

import re
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import Optional

from app.core import clock
from app.core.http.edit_forms import EditForm

# 9:30, 9.30, 9u30, 9 h 30, 9.30 uur, 9u.
HOUR = re.compile(r"\s*(\d{1,2})\s*(?:(?:[.:h]|u\.?)\s*(\d{2}))?\s*(?:uur|u|heures?|h)?\.?\s*", re.IGNORECASE)


class DatesForm(EditForm):
    """Opening and closing, each a day and a time; or no deadline."""

    opens_on = DateField(_l("Opens on"), [Optional()])
    opens_hour = StringField(_l("at"))
    closes_on = DateField(_l("Closes on"), [Optional()])
    closes_hour = StringField(_l("at"))
    rolling = BooleanField(_l("No deadline: the call stays open"))

    @classmethod
    def data_of(cls, opens_at: datetime, closes_at: datetime | None) -> dict[str, Any]:
        """The data as the form shows it."""
        opens = clock.in_brussels(opens_at)
        closes = clock.in_brussels(closes_at) if closes_at else None
        return {
            "opens_on": opens.date(),
            "opens_hour": opens.strftime("%H:%M"),
            "closes_on": closes.date() if closes else None,
            "closes_hour": closes.strftime("%H:%M") if closes else "12:00",
            "rolling": closes_at is None,
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Days and times must exist, be unambiguous, and be in order."""
        fine = bool(super().validate(extra_validators))
        self.opens_at = hour_of(self.opens_on, self.opens_hour)
        self.closes_at = None if self.rolling.data else hour_of(self.closes_on, self.closes_hour)
        wanted = [self.opens_at] + ([] if self.rolling.data else [self.closes_at])
        if None in wanted:
            return False
        if self.closes_at and self.opens_at and self.closes_at <= self.opens_at:
            self.closes_on.errors = [*self.closes_on.errors, _("The call must close after it opens")]
            return False
        return fine


def hour_of(day: Any, hour: Any) -> datetime | None:
    """The moment of a day field and a time field; None, with an error on each that is wrong, when there is none."""
    has_day = isinstance(day.data, date)
    if not has_day and not day.errors:
        day.errors = [_("Give a day")]
    found = HOUR.fullmatch(hour.data or "")
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hours > 23 or minutes > 59:
        hour.errors = [*hour.errors, _("Give an hour, for example 12.30")]
        return None
    if not has_day:
        return None
    if clock.times_shown(day.data, hours, minutes) != 1:
        words = _("The clocks change that night: this hour comes twice or not at all. Choose another one")
        hour.errors = [*hour.errors, words]
        return None
    return clock.brussels(day.data, hours, minutes)
