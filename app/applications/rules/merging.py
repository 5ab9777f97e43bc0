"""Three-way merge of answers: keep each side's changes, ask only about questions that both changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.text.word_diff import Piece, pieces
from app.questionnaires.rules.answers import answer_text
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.raw import is_blank

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """`answers`: the merged answers; for the questions in `conflicts` they hold `mine`."""

    answers: dict[str, Any]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One question with two different answers, for the person who chooses."""

    question: str
    label: str
    mine: list[Piece]
    theirs: list[Piece]


def differences(
    questions: Iterable[Question], conflicts: Collection[str], mine: Answers, theirs: Answers, locale: str
) -> list[Difference]:
    """The answers to choose between, in form order; `mine` and `theirs` may be lists of files."""
    found = []
    for question in questions:
        if question.key in conflicts:
            texts = [answer_text(question, side.get(question.key), locale) for side in (mine, theirs)]
            found.append(Difference(question.key, question.label[locale], *pieces(*texts)))
    return found


def with_answers(answers: Answers, other: Answers, keys: Iterable[str]) -> dict[str, Any]:
    """`answers`, with the values of `other` for these questions, empty ones included."""
    taken = set(keys)
    rest = {key: answer for key, answer in answers.items() if key not in taken}
    return rest | {key: other[key] for key in taken if key in other}


def merge(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Merge two sets of changes; `base` is what both started from.

    An answer that one side changed is taken over. Where both changed it differently, the person chooses.
    """
    answers: dict[str, Any] = {}
    conflicts = []
    for key in dict.fromkeys([*theirs, *mine, *base]):
        before, here, there = base.get(key), mine.get(key), theirs.get(key)
        changed_here, changed_there = _differ(here, before), _differ(there, before)
        if changed_here and changed_there and _differ(here, there):
            conflicts.append(key)
        chosen = there if changed_there and not changed_here else here
        if chosen is not None:
            answers[key] = chosen
    return Merged(answers, tuple(conflicts))


def _differ(one: Any, other: Any) -> bool:
    """True when the answers differ; not asked and empty are equal."""
    return bool(one != other) and not (is_blank(one) and is_blank(other))
