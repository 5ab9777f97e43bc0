"""Agreement of reviewers: Krippendorff's alpha for interval scores, with missing scores.

Alpha = 1 - disagreement within applications / disagreement expected by chance. Disagreement is the squared difference
of two scores, averaged over pairs. 1 is perfect, 0 is chance, below 0 is worse than chance. Source: K. Krippendorff,
Content Analysis, 4th edition (2018), chapter 12, which asks for 0.8, and 0.667 for tentative conclusions. Applications
with a single score are left out.
"""

import enum
from collections.abc import Iterable, Sequence
from operator import mul

PAIR = 2


class Agreement(enum.StrEnum):
    """The interpretation of alpha."""

    UNKNOWN = "unknown"  # nothing to compare
    CHANCE = "chance"
    SOME = "some"
    TENTATIVE = "tentative"
    GOOD = "good"


STEPS = ((0.8, Agreement.GOOD), (0.667, Agreement.TENTATIVE), (0.2, Agreement.SOME))


def alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Alpha over these applications, each with its scores.

    None when undefined: fewer than two applications with two scores (with one, alpha is 0 whatever the scores), or the
    same score everywhere.
    """
    files, count, total, squares, within = 0, 0, 0.0, 0.0, 0.0
    for scores in units:
        size = len(scores)
        if size < PAIR:
            continue
        part, square = sum(scores), sum(map(mul, scores, scores))
        files, count, total, squares = files + 1, count + size, total + part, squares + square
        within += (size * square - part * part) / (size - 1)
    expected = count * squares - total * total
    if files < PAIR or expected <= 1e-9 * max(1.0, count * squares):
        return None
    return 1 - (count - 1) * max(within, 0.0) / expected


def meaning(value: float | None) -> Agreement:
    """The interpretation of this alpha."""
    if value is None:
        return Agreement.UNKNOWN
    return next((name for least, name in STEPS if value >= least), Agreement.CHANCE)
