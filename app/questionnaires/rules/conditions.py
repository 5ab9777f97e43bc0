"""Which questions are asked, given what was answered so far."""

from collections.abc import Mapping
from typing import Any

from app.questionnaires.rules.definition import Condition, Definition, Question, Section
from app.questionnaires.rules.raw import is_blank, texts

Answers = Mapping[str, Any]


def is_asked(definition: Definition, question: Question, answers: Answers) -> bool:
    """Does this question count? Only when its condition is met, and the question that it waits for counts too.

    An unanswered question meets no condition, not even `is_not`.
    """
    condition = question.show_if
    if condition is None:
        return True
    other = definition.question(condition.question)
    return is_met(condition, answers.get(other.key)) and is_asked(definition, other, answers)


def is_met(condition: Condition, raw: object) -> bool:
    """Is this the answer that the condition waits for?"""
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
    """What stands on the section's page: what is asked, and what an answer on this same page may bring up."""
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
