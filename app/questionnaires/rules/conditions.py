"""Which questions are asked, given the answers so far."""

from collections.abc import Mapping
from typing import Any

from app.questionnaires.rules.definition import Condition, Definition, Question, Section
from app.questionnaires.rules.raw import is_blank, texts

Answers = Mapping[str, Any]


def is_asked(definition: Definition, question: Question, answers: Answers) -> bool:
    """True when the condition is met, and the question it depends on is itself asked.

    An unanswered question meets no condition, not even `is_not`.
    """
    condition = question.show_if
    if condition is None:
        return True
    other = definition.question(condition.question)
    return is_met(condition, answers.get(other.key)) and is_asked(definition, other, answers)


def is_met(condition: Condition, raw: object) -> bool:
    """True when this answer meets the condition."""
    if is_blank(raw):
        return False
    match condition.operator:
        case "answered":
            return True
        case "contains":
            return condition.value in texts(raw)
        case "is_not":
            return texts(raw) != [condition.value]
    return texts(raw) == [condition.value]


def shown_in(definition: Definition, section: Section, answers: Answers) -> list[Question]:
    """The questions on a section's page: asked ones, and those that an answer on the same page may reveal."""
    here = {question.key for question in section.questions}
    return [
        question
        for question in section.questions
        if is_asked(definition, question, answers) or _may_come_up(definition, question, here, answers)
    ]


def _may_come_up(definition: Definition, question: Question, here: set[str], answers: Answers) -> bool:
    condition = question.show_if
    if condition is None:
        return True
    other = definition.question(condition.question)
    if other.key in here:
        return _may_come_up(definition, other, here, answers)
    return is_met(condition, answers.get(other.key)) and is_asked(definition, other, answers)
