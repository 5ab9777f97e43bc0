"""The kind for a date, typed as three numbers."""

from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext as _

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, label_of

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Day(Kind):
    """A date: day and month of one or two digits, a year of four."""

    shape: ClassVar[Shape] = "date"
    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Names the first missing or wrong part."""
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
        """The wrong part; the day when all are empty."""
        part = self._wrong_part(raw)
        return f"{name}-{part if part in raws.DATE_PARTS else 'day'}"

    def value(self, question: Question, raw: Any) -> date | None:  # noqa: ARG002
        if self._wrong_part(raw):
            return None
        parts = raws.date_parts(raw)
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """The date in words; the parts as typed when invalid."""
        found = self.value(question, raw)
        if found:
            return [writing.day(found, locale)]
        return [" ".join(raws.texts(raw))] if not self.is_empty(raw) else []

    def _wrong_part(self, raw: Any) -> str | None:
        """The first wrong part; "date" when only the combination is impossible."""
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
