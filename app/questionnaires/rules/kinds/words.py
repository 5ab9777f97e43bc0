"""Kinds for texts: short and long, e-mail addresses, phone numbers, links."""

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

import phonenumbers
from flask_babel import gettext as _

from app.core.text.emails import email_problem, read_email
from app.questionnaires.rules import raw as raws
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, too_long

HOME = "BE"
LONGEST_PHONE = 40
BELGIUM, MOBILE = 32, re.compile(r"4[5-9]")
IS_POSSIBLE = phonenumbers.ValidationResult.IS_POSSIBLE
REFUSALS = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: phonenumbers.ValidationResult.INVALID_COUNTRY_CODE,
    phonenumbers.NumberParseException.TOO_SHORT_NSN: phonenumbers.ValidationResult.TOO_SHORT,
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: phonenumbers.ValidationResult.TOO_SHORT,
    phonenumbers.NumberParseException.TOO_LONG: phonenumbers.ValidationResult.TOO_LONG,
}
LONGEST_LINK = 2000
HOST = re.compile(r"(?=.{4,253}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}", re.UNICODE)


class ShortText(Kind):
    """One line."""


class LongText(Kind):
    """Several lines, with a counter."""

    shape: ClassVar[Shape] = "text"


class Email(Kind):
    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Length first, then spelling."""
        return too_long(question, raws.text(raw)) or email_problem(raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The normalised address."""
        return read_email(raws.text(raw))


class Phone(Kind):
    """A phone number, Belgian unless it has a country code."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Checks only the number of digits: unusual numbers are often right."""
        if self.value(question, raw) is None:
            return _phone_problem(raws.text(raw).strip())
        return too_long(question, raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """With country code: +32 470 12 34 56."""
        typed = raws.text(raw).strip()
        if len(typed) > LONGEST_PHONE:
            return None
        found, reason = _parsed(typed)
        if found is None or reason != IS_POSSIBLE:
            return None
        return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """With country code, for readers elsewhere."""
        found = self.value(question, raw)
        return [found] if found else super().show(question, raw, locale)


class Link(Kind):
    """A web address; `https://` is optional."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Only http and https, because pages link to it."""
        if self.value(question, raw) is None:
            return _("Give the address of a website, for example www.example.be")
        return too_long(question, raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The whole address with its scheme."""
        typed = raws.text(raw).strip()
        if not typed or len(typed) > LONGEST_LINK or re.search(r"[\s\"'<>\\]", typed):
            return None
        whole = typed if "://" in typed else f"https://{typed}"
        try:
            parts = urlsplit(whole)
            named = parts.scheme in ("http", "https") and parts.username is None and parts.port != 0
            return whole if named and HOST.fullmatch(parts.hostname or "") else None
        except ValueError:
            return None


def _parsed(typed: str) -> tuple[phonenumbers.PhoneNumber | None, int | None]:
    """(parsed number, is it valid); without a reason when it is no number."""
    try:
        found = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException as refused:
        return None, REFUSALS.get(refused.error_type)
    if found.country_code == BELGIUM:
        return found, _belgian_length(str(found.national_number))
    return found, phonenumbers.is_possible_number_with_reason(found)


def _belgian_length(digits: str) -> int:
    """Belgian numbers have eight digits after the zero, mobile ones nine. The library accepts fewer."""
    needed = 9 if MOBILE.match(digits) else 8
    if len(digits) < needed:
        return phonenumbers.ValidationResult.TOO_SHORT
    return phonenumbers.ValidationResult.TOO_LONG if len(digits) > needed else IS_POSSIBLE


def _phone_problem(typed: str) -> str:
    """The message for an invalid number."""
    reason = _parsed(typed)[1] if len(typed) <= LONGEST_PHONE else None
    return {
        phonenumbers.ValidationResult.TOO_SHORT: _(
            "This telephone number has too few digits: give them all, for example 0470 12 34 56"
        ),
        phonenumbers.ValidationResult.INVALID_LENGTH: _(
            "This telephone number has too few or too many digits, for example 0470 12 34 56"
        ),
        phonenumbers.ValidationResult.TOO_LONG: _(
            "This telephone number has too many digits: give one number, for example 0470 12 34 56"
        ),
        phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: _(
            "The country code of this telephone number does not exist, for example +32 470 12 34 56"
        ),
    }.get(
        reason if reason is not None else -99,
        _("Give a telephone number, for example 0470 12 34 56 or +32 470 12 34 56"),
    )
