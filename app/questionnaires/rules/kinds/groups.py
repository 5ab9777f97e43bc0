"""The kind for a list of items with their own fields, such as team members."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from flask_babel import ngettext

from app.questionnaires.rules import raw as raws
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import AnswerIssue, Kind, Line, Shape, label_of, labelled

Finder = Callable[[Question], Kind]


class Group(Kind):
    """Items with the same fields. Empty items are ignored."""

    shape: ClassVar[Shape] = "items"

    def __init__(self, kind_of: Finder) -> None:
        self._kind_of = kind_of

    def issues(self, question: Question, raw: Any, name: str) -> Iterator[AnswerIssue]:
        """Too few or too many items, then the issues of each item."""
        items = raws.items(raw)
        filled = [number for number, item in enumerate(items) if not self._is_blank(question, item)]
        message = self._how_many(question, len(filled))
        if message:
            spare = next((number for number in range(len(items) + 1) if number not in filled), 0)
            number = spare if len(filled) < (question.least or 1) else filled[-1]
            yield AnswerIssue(self.control_in(question, name, number), sentence=message)
        for number in filled:
            yield from self._issues_in(question, items[number], f"{name}-{number}", number)

    def is_empty(self, raw: Any) -> bool:
        """True when every item is empty."""
        return raws.is_blank(raw)

    def control_in(self, question: Question, name: str, number: int) -> str:
        """The first control of an item."""
        first = question.fields[0]
        return self._kind_of(first).control(None, f"{name}-{number}-{first.key}")

    def item_name(self, question: Question, number: int, locale: str) -> str:
        """“Team member 2”."""
        label = (question.item_label or question.label)[locale]
        return f"{label} {number + 1}"

    def value(self, question: Question, raw: Any) -> list[dict[str, Any]]:
        """The items that are not empty, by field."""
        return [
            {field.key: self._kind_of(field).value(field, item.get(field.key)) for field in question.fields}
            for item in raws.items(raw)
            if not self._is_blank(question, item)
        ]

    def show(self, question: Question, raw: Any, locale: str) -> list[str]:
        """Per item a line with its name, and one for each longer answer."""
        return [str(line) for line in self.lines(question, raw, locale)]

    def lines(self, question: Question, raw: Any, locale: str) -> list[Line]:
        """The same, with labels."""
        filled = [item for item in raws.items(raw) if not self._is_blank(question, item)]
        numbered = enumerate(filled)
        return [line for number, item in numbered for line in self._lines_of(question, item, locale, number)]

    def _is_blank(self, question: Question, item: dict[str, Any]) -> bool:
        return all(self._kind_of(field).is_empty(item.get(field.key)) for field in question.fields)

    def _how_many(self, question: Question, count: int) -> str | None:
        label = label_of(question)
        least = question.least or (1 if question.required else 0)
        if count < least and (count or question.required):
            return ngettext(
                "Fill in at least one under “%(question)s”",
                "Fill in at least %(num)s under “%(question)s”",
                least,
                question=label,
            )
        if question.most is not None and count > question.most:
            return ngettext(
                "Keep at most one under “%(question)s”",
                "Keep at most %(num)s under “%(question)s”",
                question.most,
                question=label,
            )
        return None

    def _issues_in(self, question: Question, item: dict[str, Any], name: str, number: int) -> Iterator[AnswerIssue]:
        """The issues of an item; each sentence names the item, because the summary lists several."""
        item_name = self.item_name(question, number, writing.current())
        for field in question.fields:
            for issue in self._kind_of(field).issues(field, item.get(field.key), f"{name}-{field.key}"):
                yield AnswerIssue(issue.control, sentence=labelled(item_name, issue.sentence))

    def _lines_of(self, question: Question, item: dict[str, Any], locale: str, number: int) -> list[Line]:
        names, longer = [], []
        for field in question.fields:
            shown = self._kind_of(field).show(field, item.get(field.key), locale)
            if field.kind == "short_text":
                names += shown
            elif shown:
                longer.append(Line.of("\n".join(shown), self._kind_of(field).typed, field.label[locale]))
        return [Line.of(", ".join(names), self.typed, self.item_name(question, number, locale)), *longer]
