"""Find questions that cannot be answered; used when publishing and rehearsing."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.questionnaires.rules.definition import FILE_KINDS, Definition, Question
from app.questionnaires.rules.issues import DefinitionIssue, names_of


def unanswerable(definition: Definition) -> list[DefinitionIssue]:
    """Questions without a possible answer, and questions whose condition is never met."""
    names = names_of(definition)
    found = []
    for question in (*definition.questions, *definition.monitoring):
        called = names[question.key]
        fields = [(one, f"{called}, {names[f'{question.key}.{one.key}']}") for one in question.fields]
        for one, name in [(question, called), *fields]:
            found += [DefinitionIssue(question.key, sentence=sentence) for sentence in _limits(one, name)]
        if _never_asked(question, definition):
            found.append(
                DefinitionIssue(
                    question.key,
                    sentence=_("“%(question)s” is never asked: its condition cannot come true", question=called),
                )
            )
    return found


def _limits(question: Question, name: str) -> Iterator[str]:
    """Contradicting limits of one question."""
    if question.kind == "files" and question.file_kinds and not set(question.file_kinds) & set(FILE_KINDS):
        yield _("“%(question)s” accepts no type of file that can be sent", question=name)
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield _("“%(question)s”: the smallest number is above the largest", question=name)
    if question.choices and (question.least or 0) > len(question.choices):
        yield _("“%(question)s” asks for more answers than there are", question=name)


def _never_asked(question: Question, definition: Definition) -> bool:
    """True when its condition needs an answer that the other question does not offer, or excludes."""
    condition = question.show_if
    if condition is None or not definition.has(condition.question):
        return False
    other = definition.question(condition.question)
    codes = {choice.code for choice in other.choices}
    if condition.operator == "is_not":
        return other.kind == "one_choice" and other.required and codes == {condition.value}
    if condition.operator == "answered":
        return False
    return bool(codes) and condition.value not in codes
