"""Kinds whose answer is words: short and long texts, e-mail addresses, telephone numbers, links."""

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

import email_validator
import phonenumbers
from flask_babel import gettext as _

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, too_long

HOME = "BE"
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LONGEST_LINK = 2000
HOST = re.compile(r"(?=.{4,253}$)([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}", re.UNICODE)


class ShortText(Kind):
    """One line."""


class LongText(Kind):
    """Several lines, with a counter."""

    shape: ClassVar[Shape] = "text"


class Email(Kind):
    """An address that could receive mail."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """The length, then the spelling."""
        if self.value(question, raw) is None:
            return too_long(question, raws.text(raw)) or _(
                "Give an e-mail address with an @, for example name@example.be"
            )
        return too_long(question, raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The address in one spelling."""
        typed = raws.text(raw).strip()
        if len(typed) > LONGEST_EMAIL:
            return None
        try:
            found = email_validator.validate_email(typed, check_deliverability=False, test_environment=True)
        except email_validator.EmailNotValidError:
            return None
        return found.normalized


class Phone(Kind):
    """A telephone number; without a country it is a Belgian one."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Only the number of digits is looked at: a strange number is often a right one."""
        if self.value(question, raw) is None:
            return _("Give a telephone number, for example 0470 12 34 56 or +32 470 12 34 56")
        return too_long(question, raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The number with its country: +32 470 12 34 56."""
        typed = raws.text(raw).strip()
        if len(typed) > LONGEST_PHONE:
            return None
        try:
            found = phonenumbers.parse(typed, HOME)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_possible_number(found):
            return None
        return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """With its country, which a reader elsewhere needs."""
        found = self.value(question, raw)
        return [found] if found else super().show(question, raw, locale)


class Link(Kind):
    """The address of a website; `https://` may be left out."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:
        """Only addresses of the web: a page shows them as links."""
        if self.value(question, raw) is None:
            return _("Give the address of a website, for example www.example.be")
        return too_long(question, raws.text(raw))

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The whole address, with its scheme."""
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
