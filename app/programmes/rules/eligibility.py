"""The eligibility check before starting: advice only, nothing is blocked or stored (domain facts, 6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.programmes.rules.carrying import SUBJECTS
from app.programmes.rules.fitting import Stage

YES_NO, STAGE = "yes_no", "stage"
KNOWN = tuple(key for key, subject in SUBJECTS.items() if subject.yes)  # yes or no, asked by the finder too
KINDS = (YES_NO, STAGE, *KNOWN)
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Verdict:
    """One question and its result; `fits` is None without an answer. `name`: its answer in an address."""

    question: Any
    name: str
    answer: str
    fits: bool | None


def name_of(question: Any) -> str:
    """The name of the answer in an address: that of the finder, where the finder asks the same."""
    return str(question.kind) if question.kind in (STAGE, *KNOWN) else f"q{question.position}"


def offered(kind: str) -> tuple[str, ...]:
    """The codes of the possible answers to a question of this kind; yes before no."""
    if kind == STAGE:
        return tuple(Stage)
    return (SUBJECTS[kind].yes, SUBJECTS[kind].no) if kind in KNOWN else (YES, NO)


def verdicts(questions: Sequence[Any], given: Mapping[str, str], serves: str) -> list[Verdict]:
    """The result of each answer for a programme with these stages; unknown codes count as no answer."""
    found = []
    for question in questions:
        name, codes = name_of(question), offered(question.kind)
        answer = given.get(name, "")
        if answer not in codes:
            found.append(Verdict(question, name, "", None))
        else:
            good = answer in serves.split() if question.kind == STAGE else answer == codes[0]
            found.append(Verdict(question, name, answer, good))
    return found


def stage_of(found: Sequence[Verdict]) -> Stage | None:
    """The stage, when the check asked for it."""
    answers = [one.answer for one in found if one.question.kind == STAGE and one.answer]
    return Stage(answers[0]) if answers else None
