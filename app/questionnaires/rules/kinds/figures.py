"""Kinds for numbers and amounts."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, figure

MOST_DIGITS = 12
LONGEST = 60  # with spaces, dots and the currency
BETWEEN_DIGITS = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
CURRENCY = re.compile(r"€|\beuros?\b|\beur\b|,[-–]+$|\.[-–]+$", re.IGNORECASE)
WRITTEN = re.compile(r"[-−]?\d+([.,]\d+)*", re.ASCII)


def parse(typed: str) -> Decimal | None:
    """Parse Belgian notations: 48.500, 48 500, 48500,50 and 48500.50; None when it is no number.

    With both a comma and a dot, the last one starts the decimals. A single sign before exactly three digits groups
    thousands ("1.500" is 1500), unless the number starts with a zero.
    """
    written = BETWEEN_DIGITS.sub("", typed)
    if len(written) > 2 * MOST_DIGITS or not WRITTEN.fullmatch(written):
        return None
    sign = -1 if written[0] in "-−" else 1
    groups = re.split(r"[.,]", written.lstrip("-−"))
    marks = re.findall(r"[.,]", written)
    decimals = groups.pop() if _ends_in_decimals(groups, marks) else ""
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    return sign * Decimal("".join(groups) + (f".{decimals}" if decimals else ""))


def _ends_in_decimals(groups: list[str], marks: list[str]) -> bool:
    if not marks:
        return False
    if len(set(marks)) > 1:
        return marks.count(marks[-1]) == 1
    return len(marks) == 1 and (len(groups[-1]) != 3 or len(groups[0]) > 3 or groups[0].startswith("0"))


class Number(Kind):
    """A number with a comma or dot before its decimals."""

    typed = False
    places = 0  # decimals, unless the form sets them
    lowest: float | None = None

    def problem(self, question: Question, raw: Any) -> str | None:
        """Readable, with the allowed decimals and within the limits; "not known yet" is a valid answer."""
        if raws.is_unknown(raw):
            both = bool(raws.text(raw).strip())
            return _("Give a figure, or tick that you do not know it yet: not both") if both else None
        found = self.value(question, raw)
        if found is None:
            return self.unreadable()
        return self._too_precise(question, found) or self._out_of_bounds(question, found)

    def unreadable(self) -> str:
        """The message for an unreadable number."""
        return _("Write a figure in digits, for example 12 or 0,5")

    def value(self, question: Question, raw: Any) -> Decimal | None:  # noqa: ARG002
        """The number; None when not known yet or unreadable."""
        typed = raws.text(raw)
        found = None if raws.is_unknown(raw) or len(typed) > LONGEST else parse(typed)
        return found if found is None or abs(found) < 10**MOST_DIGITS else None

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """Formatted for the language."""
        typed = raws.text(raw).strip()
        if raws.is_unknown(raw):
            return [*([typed] if typed else []), _("We do not know this yet")]
        found = self.value(question, raw)
        if found is not None and self.problem(question, raw) is None:
            return [self.written(found, locale)]
        return [typed] if typed else []

    def written(self, found: Decimal, locale: str) -> str:
        """Formatted for the language."""
        return writing.number(found, locale)

    def _too_precise(self, question: Question, found: Decimal) -> str | None:
        places = self.places if question.decimals is None else question.decimals
        exponent = found.normalize().as_tuple().exponent
        if not isinstance(exponent, int) or -exponent <= places:
            return None
        if places == 0:
            return _("Give a whole figure, without decimals")
        return ngettext("Give at most one decimal", "Give at most %(num)s decimals", places)

    def _out_of_bounds(self, question: Question, found: Decimal) -> str | None:
        low = self.lowest if question.minimum is None else question.minimum
        high = question.maximum
        if low is not None and high is not None and not low <= found <= high:
            return _("Give a figure from %(low)s to %(high)s", low=figure(low), high=figure(high))
        if low is not None and found < low:
            return _("Give a figure of %(low)s or more", low=figure(low))
        if high is not None and found > high:
            return _("Give a figure of %(high)s or less", high=figure(high))
        return None


class Money(Number):
    """An amount in euro."""

    places = 2
    lowest = 0

    def unreadable(self) -> str:
        """The message for an unreadable amount."""
        return _("Write the amount in digits, for example 48.500")

    def value(self, question: Question, raw: Any) -> Decimal | None:
        """The amount, whatever surrounds the digits: € 48.500, 48 500 euro, 48.500,-."""
        if isinstance(raw, str) and len(raw) <= LONGEST:
            raw = CURRENCY.sub("", raw.strip())
        return super().value(question, raw)

    def written(self, found: Decimal, locale: str) -> str:
        """Formatted for the language."""
        return writing.money(found, locale)
