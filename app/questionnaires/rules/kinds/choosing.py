"""Kinds with choices: one, several, and the fixed lists of Belgium."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import ngettext

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, label_of
from app.questionnaires.rules.kinds.lists import options


class OneChoice(Kind):
    """Radio buttons."""

    shape: ClassVar[Shape] = "choice"
    typed: ClassVar[bool] = False
    first_control: ClassVar[str] = "-0"

    def needed(self, question: Question) -> str:
        return _("Choose an answer to “%(question)s”", question=label_of(question))

    def problem(self, question: Question, raw: Any) -> str | None:
        """Only offered choices."""
        return None if self.value(question, raw) is not None else self.needed(question)

    def control(self, raw: Any, name: str) -> str:  # noqa: ARG002
        """The first radio button."""
        return f"{name}{self.first_control}"

    def value(self, question: Question, raw: Any) -> Any:
        """The code."""
        code = raws.text(raw)
        return code if code in _codes(question) else None

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """The labels; an unknown code as it is."""
        names = {choice.code: choice.label[locale] for choice in options(question, locale)}
        return [names.get(code, code) for code in raws.texts(raw)]


class Selected(OneChoice):
    """A select, for long lists."""

    first_control = ""


class SeveralChoices(OneChoice):
    """Checkboxes with a minimum and a maximum."""

    shape: ClassVar[Shape] = "list"

    def needed(self, question: Question) -> str:
        """How many to choose."""
        return self._how_many(question, 0) or super().needed(question)

    def problem(self, question: Question, raw: Any) -> str | None:
        """Only offered choices, within minimum and maximum."""
        chosen = raws.texts(raw)
        if not set(chosen) <= _codes(question):
            return super().needed(question)
        return self._how_many(question, len(chosen))

    def value(self, question: Question, raw: Any) -> list[str]:
        """The offered codes, in the order sent."""
        offered = _codes(question)
        return [code for code in dict.fromkeys(raws.texts(raw)) if code in offered]

    def _how_many(self, question: Question, count: int) -> str | None:
        label, least, most = label_of(question), question.least or 0, question.most
        if least == most and count != least:
            return ngettext(
                "Choose exactly one answer to “%(question)s”",
                "Choose exactly %(num)s answers to “%(question)s”",
                least,
                question=label,
            )
        if count < least:
            return ngettext(
                "Choose at least one answer to “%(question)s”",
                "Choose at least %(num)s answers to “%(question)s”",
                least,
                question=label,
            )
        if most is not None and count > most:
            return ngettext(
                "Choose at most one answer to “%(question)s”",
                "Choose at most %(num)s answers to “%(question)s”",
                most,
                question=label,
            )
        return None


def _codes(question: Question) -> set[str]:
    return {choice.code for choice in options(question, writing.current())}
