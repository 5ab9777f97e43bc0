"""What every kind of question knows how to say about an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from flask_babel import gettext as _

from app.core.http.forms import about
from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question

# How an answer arrives: one line, several lines, one of a few, several of a few, three numbers, items, files.
Shape = Literal["line", "text", "choice", "list", "date", "items", "files"]


@dataclass(frozen=True)
class AnswerIssue:
    """What is wrong with an answer, and the id of the control where it is put right."""

    control: str
    message: str


@dataclass(frozen=True)
class Line:
    """Some lines of an answer and what they are about; `typed`: in the person's own words; `whole`: all of it."""

    text: str
    typed: bool
    label: str
    whole: str

    @classmethod
    def of(cls, text: str, typed: bool, label: str = "") -> "Line":
        """A line in the language that is being spoken now."""
        return cls(text, typed, label, labelled(label, text) if label else text)

    def __str__(self) -> str:
        """What it is about and what it says."""
        return self.whole


class Kind:
    """A kind of question. This class is the plainest one: one line of text."""

    shape: ClassVar[Shape] = "line"
    typed: ClassVar[bool] = True  # the answer is in the person's own words, and so in the language of the file

    def is_empty(self, raw: Any) -> bool:
        """Was nothing answered?"""
        return raws.is_blank(raw)

    def needed(self, question: Question) -> str:
        """What to do when an answer that is needed is not there."""
        label = label_of(question)
        if label.rstrip().endswith("?"):
            return _("Answer “%(question)s”", question=label)
        return _("Fill in “%(question)s”", question=label)

    def problem(self, question: Question, raw: Any) -> str | None:
        """What to do about an answer that is there; None when it is right."""
        return too_long(question, raws.text(raw))

    def issues(self, question: Question, raw: Any, name: str) -> Iterator[AnswerIssue]:
        """Everything wrong with the answer, missing included; `name` is that of the control."""
        if self.is_empty(raw):
            message = self.needed(question) if question.required else None
        else:
            message = self.problem(question, raw)
        if message:
            yield AnswerIssue(self.control(raw, name), about(label_of(question), message))

    def control(self, raw: Any, name: str) -> str:  # noqa: ARG002 - other kinds look at the answer
        """The id of the control where the answer is put right."""
        return name

    def value(self, question: Question, raw: Any) -> Any:  # noqa: ARG002 - other kinds need the question
        """The answer as a program uses it; None when there is none or it makes no sense."""
        return raws.text(raw) or None

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:  # noqa: ARG002 - other kinds need all
        """The answer as people read it, line by line; one that makes no sense as it was typed."""
        return raws.text(raw).split("\n") if not self.is_empty(raw) else []

    def lines(self, question: Question, raw: Any, locale: str) -> list[Line]:
        """The same with what each line is about."""
        shown = self.show(question, raw, locale)
        return [Line.of("\n".join(shown), self.typed)] if shown else []


def label_of(question: Question) -> str:
    """The question in the language in which a sentence is being said."""
    return question.label[writing.current()]


def too_long(question: Question, typed: str) -> str | None:
    """Texts are counted in signs, as a person counts them: line ends are one, accented letters too."""
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
    """A text and what it is about."""
    return _("%(label)s: %(text)s", label=label, text=text)
