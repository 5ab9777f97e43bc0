"""Two people wrote in one section: what each changed is kept, and only what both changed is asked."""

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
    """`answers` holds everything that one of the two changed; for the questions in `conflicts` it holds `mine`."""

    answers: dict[str, Any]
    conflicts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One question to which two pages gave different answers, for the person who chooses."""

    question: str
    label: str
    mine: list[Piece]
    theirs: list[Piece]


def differences(
    questions: Iterable[Question], conflicts: Collection[str], mine: Answers, theirs: Answers, locale: str
) -> list[Difference]:
    """The answers to choose between, in the order of the form; `mine` and `theirs` may hold lists of files."""
    found = []
    for question in questions:
        if question.key in conflicts:
            texts = [answer_text(question, side.get(question.key), locale) for side in (mine, theirs)]
            found.append(Difference(question.key, question.label[locale], *pieces(*texts)))
    return found


def with_answers(answers: Answers, other: Answers, keys: Iterable[str]) -> dict[str, Any]:
    """`answers`, but for these questions what `other` says, also where it says nothing."""
    taken = set(keys)
    rest = {key: answer for key, answer in answers.items() if key not in taken}
    return rest | {key: other[key] for key in taken if key in other}


def merge(base: Answers, mine: Answers, theirs: Answers) -> Merged:
    """Put two sets of changes to the same answers together; `base` is what both began from.

    An answer that only one of them changed is taken over. Where both changed it differently, nobody decides but the
    writer who is looking.
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
    """Not the same answer; what was never asked for and what was left empty are the same."""
    return bool(one != other) and not (is_blank(one) and is_blank(other))
