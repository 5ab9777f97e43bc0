"""Base class of question kinds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from flask_babel import gettext as _

from app.core.http.forms import about
from app.core.issues import Issue
from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question

# The widget: one line, several lines, one choice, several choices, three numbers, items, files.
Shape = Literal["line", "text", "choice", "list", "date", "items", "files"]


@dataclass(frozen=True)
class AnswerIssue(Issue):
    """A wrong answer, and the id of the control to fix it."""

    control: str


@dataclass(frozen=True)
class Line:
    """A readable part of an answer and its label; `typed`: in the person's own words; `whole`: not shortened."""

    text: str
    typed: bool
    label: str
    whole: str

    @classmethod
    def of(cls, text: str, typed: bool, label: str = "") -> "Line":
        """A line in the current language."""
        return cls(text, typed, label, labelled(label, text) if label else text)

    def __str__(self) -> str:
        """Label and text."""
        return self.whole


class Kind:
    """A question kind. The base class is one line of text."""

    shape: ClassVar[Shape] = "line"
    typed: ClassVar[bool] = True  # the answer is in the person's own words, and so in the language of the application

    def is_empty(self, raw: Any) -> bool:
        """True without an answer."""
        return raws.is_blank(raw)

    def needed(self, question: Question) -> str:
        """The message for a missing required answer."""
        label = label_of(question)
        if label.rstrip().endswith("?"):
            return _("Answer “%(question)s”", question=label)
        return _("Fill in “%(question)s”", question=label)

    def problem(self, question: Question, raw: Any) -> str | None:
        """The message for a wrong answer; None when it is right."""
        return too_long(question, raws.text(raw))

    def issues(self, question: Question, raw: Any, name: str) -> Iterator[AnswerIssue]:
        """Everything wrong with the answer, missing included; `name`: of the control."""
        if self.is_empty(raw):
            message = self.needed(question) if question.required else None
        else:
            message = self.problem(question, raw)
        if message:
            yield AnswerIssue(self.control(raw, name), sentence=about(label_of(question), message))

    def control(self, raw: Any, name: str) -> str:  # noqa: ARG002 - other kinds look at the answer
        """The id of the control to fix the answer."""
        return name

    def value(self, question: Question, raw: Any) -> Any:  # noqa: ARG002 - other kinds need the question
        """The typed answer; None when missing or invalid."""
        return raws.text(raw) or None

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:  # noqa: ARG002 - other kinds need all
        """The answer as readable lines; an invalid one as typed."""
        return raws.text(raw).split("\n") if not self.is_empty(raw) else []

    def lines(self, question: Question, raw: Any, locale: str) -> list[Line]:
        """The same, with labels."""
        shown = self.show(question, raw, locale)
        return [Line.of("\n".join(shown), self.typed)] if shown else []


def label_of(question: Question) -> str:
    """The label in the current language."""
    return question.label[writing.current()]


def too_long(question: Question, typed: str) -> str | None:
    """Length as a person counts: a line end is one character, an accented letter too."""
    if question.limit is None or len(typed) <= question.limit:
        return None
    return _(
        "Shorten the answer: %(length)s characters, at most %(limit)s",
        length=figure(len(typed)),
        limit=figure(question.limit),
    )


def figure(number: float) -> str:
    """A number inside a sentence."""
    return writing.number(number, writing.current())


def labelled(label: str, text: str) -> str:
    """A text with its label."""
    return _("%(label)s: %(text)s", label=label, text=text)
