"""From scores to one figure (domain facts, 6.4: formula)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Recommendation(enum.StrEnum):
    """What a reader would do."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class Scored:
    """One answered criterion: its weight, the score, and the highest score that was possible."""

    weight: int
    score: int
    highest: int


def weighted_mean(scored: Iterable[Scored]) -> float | None:
    """Sum of weight × score ÷ highest score, divided by the weights that were answered, on 0-100.

    A criterion that was not scored, or that a reader cannot judge, is left out and never counts as zero; without any
    score there is no mean.
    """
    answered = list(scored)
    weights = sum(one.weight for one in answered)
    if not weights:
        return None
    return 100 * sum(one.weight * one.score / one.highest for one in answered) / weights
