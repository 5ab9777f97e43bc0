"""The kind for a Belgian enterprise number."""

from typing import Any, ClassVar

from flask_babel import gettext as _

from app.core.belgium.enterprise_number import Slip, digits_of, slip_in, written
from app.questionnaires.rules import raw as raws
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind


class EnterpriseNumber(Kind):
    """Ten digits in any spelling."""

    typed: ClassVar[bool] = False

    def problem(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """Checks length and check digits."""
        match slip_in(raws.text(raw)):
            case Slip.NOT_TEN_DIGITS:
                return _("Give the ten digits of the enterprise number, for example 0403.227.515")
            case Slip.ESTABLISHMENT:
                return _(
                    "Give the enterprise number, which begins with 0 or 1: this may be the number of an establishment"
                )
            case Slip.CHECK_DIGITS:
                return _("Check the enterprise number: one of its digits does not fit")
        return None

    def value(self, question: Question, raw: Any) -> str | None:  # noqa: ARG002
        """The ten digits."""
        typed = raws.text(raw)
        return None if slip_in(typed) else digits_of(typed)

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """0123.456.749; as typed when invalid."""
        digits = self.value(question, raw)
        return [written(digits)] if digits else super().show(question, raw, locale)
