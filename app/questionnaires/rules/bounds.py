"""Hard limits on stored answers. The limits of questions are advice while writing; these are enforced."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.sizes import LONGEST_TEXT
from app.questionnaires.rules import raw as raws
from app.questionnaires.rules.answers import Problem
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import figure, label_of
from app.questionnaires.rules.kinds.registry import kind_of

TIMES = 4
LEAST = 500  # a low limit, such as 20 for a phone number, still allows some excess


def size_of(raw: object) -> int:
    """The size of an answer in bytes, all texts together."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in raws.texts(raw))


def bound_of(limit: int) -> int:
    """The most characters that are stored for a text with this limit."""
    return max(TIMES * limit, LEAST)


def beyond_bounds(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Problem]:
    """Answers that cannot be stored, in page order: over four times their limit, or over 100 kB."""
    return [
        Problem(question.key, control, message)
        for question in questions
        for control, message in _beyond(question, answers.get(question.key), question.key)
    ]


def _beyond(question: Question, raw: object, name: str) -> Iterator[tuple[str, str]]:
    """(control, message) for a text that is too long, then for an answer that is too large in total."""
    found = [
        one
        for number, item in enumerate(raws.items(raw) if question.kind == "group" else [])
        for field in question.fields
        for one in _beyond(field, item.get(field.key), f"{name}-{number}-{field.key}")
    ]
    length, control = len(raws.text(raw)), kind_of(question).control(raw, name)
    if question.kind != "group" and question.limit is not None and length > bound_of(question.limit):
        found.append((control, _too_long(question, length)))
    elif not found and size_of(raw) > LONGEST_TEXT:
        found.append((control, _too_large(question, raw)))
    yield from found


def _too_long(question: Question, length: int) -> str:
    return _(
        "“%(question)s” is too long to be saved: %(length)s characters, and at most %(most)s can be kept. Your text "
        "is still on this page: shorten it, then save.",
        question=label_of(question),
        length=figure(length),
        most=figure(bound_of(question.limit or 0)),
    )


def _too_large(question: Question, raw: object) -> str:
    return _(
        "“%(question)s” is too long to be saved: %(size)s kB, and at most %(most)s kB can be kept. Your text is still "
        "on this page: shorten it, then save.",
        question=label_of(question),
        size=figure(-(-size_of(raw) // 1000)),
        most=figure(LONGEST_TEXT // 1000),
    )
