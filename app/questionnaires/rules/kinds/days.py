"""The kind whose answer is a day, typed as three numbers."""

from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, label_of

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Day(Kind):
    """A day: one or two digits for the day and the month, four for the year."""

    shape: ClassVar[Shape] = "date"
    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """The first part that is missing or cannot be, by its name."""
        label, part = label_of(question), self._wrong_part(raw)
        match part:
            case None:
                return None
            case "day":
                return _("Give the day in “%(question)s”, a figure from 1 to 31", question=label)
            case "month":
                return _("Give the month in “%(question)s”, a figure from 1 to 12", question=label)
            case "year":
                return _("Give the year in “%(question)s”, in four digits", question=label)
        return _("Check the day in “%(question)s”: that month has no such day", question=label)

    def control(self, raw: Any, name: str) -> str:
        """The part that is wrong; the day when there is nothing yet."""
        part = self._wrong_part(raw)
        return f"{name}-{part if part in raws.DATE_PARTS else 'day'}"

    def value(self, question: Question, raw: Any) -> date | None:  # noqa: ARG002
        """The day."""
        if self._wrong_part(raw):
            return None
        parts = raws.date_parts(raw)
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """The day in words; the parts as typed when it is none."""
        found = self.value(question, raw)
        if found:
            return [writing.day(found, locale)]
        return [" ".join(raws.texts(raw))] if not self.is_empty(raw) else []

    def _wrong_part(self, raw: Any) -> str | None:
        """The name of the first part that cannot be; "date" when only their sum is impossible."""
        parts = raws.date_parts(raw)
        bounds = {"day": (1, 31, 2), "month": (1, 12, 2), "year": (FIRST_YEAR, LAST_YEAR, 4)}
        for part, (low, high, digits) in bounds.items():
            typed = parts[part]
            if not (typed.isascii() and typed.isdigit() and len(typed) <= digits and low <= int(typed) <= high):
                return part
        try:
            date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        except ValueError:
            return "date"
        return None
