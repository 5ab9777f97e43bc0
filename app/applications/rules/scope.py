"""Which questions of a file may be changed: all of a draft, the named ones of a file that was sent back."""

from collections.abc import Collection, Mapping
from typing import Any

from app.applications.rules.states import State
from app.questionnaires.rules.definition import Definition, Section
from app.questionnaires.rules.raw import is_blank


def current_questions(definition: Definition, named: Collection[str], answers: Mapping[str, Any]) -> Definition:
    """The form without the questions kept for later, but for those that staff named or that were answered since."""
    later = {question.key for question in definition.questions if question.asked_later}
    hidden = {key for key in later if key not in named and is_blank(answers.get(key))}
    return definition.without(hidden) if hidden else definition


def open_questions(definition: Definition, state: State, asked: Collection[str]) -> frozenset[str]:
    """The keys of the questions that may be changed now.

    Of a file that was sent back: the questions that staff named, and those that a new answer to them may bring up.
    No name at all means that the whole file was sent back. What is frozen after handing in opens only by its name.
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
    """What was typed where it may be changed, and what stood there everywhere else."""
    return {key: value for key, value in before.items() if key not in keys} | {
        key: value for key, value in typed.items() if key in keys
    }
