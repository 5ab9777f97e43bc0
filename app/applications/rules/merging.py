"""Two people wrote in one section: what each changed is kept, and only what both changed is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.questionnaires.rules import is_blank

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """`answers` holds everything that one of the two changed; for the questions in `conflicts` it holds `mine`."""

    answers: dict[str, Any]
    conflicts: tuple[str, ...]


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
