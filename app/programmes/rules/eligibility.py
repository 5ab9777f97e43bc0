"""The eligibility check before starting: advice only, nothing is blocked or stored (domain facts, 6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.programmes.rules.fitting import Stage

YES_NO, STAGE = "yes_no", "stage"
KINDS = (YES_NO, STAGE)
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Verdict:
    """One question and its result; `fits` is None without an answer."""

    question: Any
    answer: str
    fits: bool | None


def offered(kind: str) -> tuple[str, ...]:
    """The codes of the possible answers to a question of this kind."""
    return tuple(Stage) if kind == STAGE else (YES, NO)


def verdicts(questions: Sequence[Any], given: Mapping[int, str], serves: str) -> list[Verdict]:
    """The result of each answer for a programme with these stages; unknown codes count as no answer."""
    found = []
    for question in questions:
        answer = given.get(question.position, "")
        if answer not in offered(question.kind):
            found.append(Verdict(question, "", None))
        else:
            good = answer in serves.split() if question.kind == STAGE else answer == YES
            found.append(Verdict(question, answer, good))
    return found


def stage_of(found: Sequence[Verdict]) -> Stage | None:
    """The stage, when the check asked for it."""
    answers = [one.answer for one in found if one.question.kind == STAGE and one.answer]
    return Stage(answers[0]) if answers else None
