"""Which questions may be changed: all of a draft, the named ones of an application that was sent back."""

from collections.abc import Collection, Mapping
from typing import Any

from app.applications.rules.states import State
from app.questionnaires.rules.definition import Definition, Section
from app.questionnaires.rules.raw import is_blank


def current_questions(definition: Definition, named: Collection[str], answers: Mapping[str, Any]) -> Definition:
    """The form without questions kept for later, except those that staff named or that were answered since."""
    later = {question.key for question in definition.questions if question.asked_later}
    hidden = {key for key in later if key not in named and is_blank(answers.get(key))}
    return definition.without(hidden) if hidden else definition


def open_questions(definition: Definition, state: State, asked: Collection[str]) -> frozenset[str]:
    """The keys of the questions that may be changed now.

    When sent back: the named questions and those that a new answer to them may reveal; without names, all of them. A
    question that is frozen after submission opens only by name.
    """
    if state is not State.INCOMPLETE or not asked:
        handed_in = state is not State.DRAFT
        return frozenset(one.key for one in definition.questions if not (handed_in and one.frozen_after_hand_in))
    chosen = {one.key for one in definition.questions} & set(asked)
    grown = True
    while grown:
        waiting = {
            question.key
            for question in definition.questions
            if question.show_if and question.show_if.question in chosen
        }
        grown = not waiting <= chosen
        chosen |= waiting
    return frozenset(chosen)


def select_questions(section: Section, keys: Collection[str]) -> Section:
    """The section with these questions alone."""
    return section.model_copy(update={"questions": tuple(one for one in section.questions if one.key in keys)})


def merge_answers(typed: Mapping[str, Any], before: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """The typed answers where they may be changed, the stored ones elsewhere."""
    return {key: value for key, value in before.items() if key not in keys} | {
        key: value for key, value in typed.items() if key in keys
    }
