"""Correct for strict and mild reviewers: values as if all reviewers were equally strict.

Additive model: a reviewer's weighted mean = the application's value + the reviewer's mildness. Both are means of what
the other leaves, found by alternating means until they are stable. With few comparisons the correction shrinks: SHRINK
is added to the divisor, as if each reviewer had also agreed with everybody on that many applications. This is the
two-way layout with reviewers as random effects (Henderson, 1975; for juries: Cronbach's facets, and Linacre's
many-facet model without its logistic scale).

Limits: it assumes that a reviewer is equally strict on every application, ignores how much of the scale a reviewer
uses, and compares only reviewers who are connected through shared applications.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import mul

from app.ranking.rules.figures import Figures

SHRINK = 2.0
CLOSE = 1e-4  # points of a hundred: far below what is shown
MOST_ROUNDS = 1000


@dataclass(frozen=True)
class Correction:
    """`mildness`: points by which each reviewer is above (mild) or below (strict) the others; `values`: by application.

    `groups`: how many groups of reviewers share no application; with several, only values within a group are
    comparable.
    """

    mildness: Mapping[int, float]
    values: Mapping[int, float]
    groups: int


@dataclass
class _Tally:
    """Per reviewer: the difference from the means of their applications, the number of comparisons, and links to
    others.
    """

    above: float = 0.0
    comparisons: float = 0.0
    ties: dict[int, float] = field(default_factory=dict)


def corrected(files: Mapping[int, Figures], *, shrink: float = SHRINK) -> Correction:
    """Every application's value without the reviewers' severity, and that severity."""
    read = {file: figures.means for file, figures in files.items() if figures.means}
    standings = _tallies(read.values())
    mildness = _mildness(standings, shrink)
    values = {
        file: sum([value - mildness[reviewer] for value, reviewer in means]) / len(means)
        for file, means in read.items()
    }
    return Correction(mildness, values, _groups(standings))


def _tallies(read: Iterable[list[tuple[float, int]]]) -> dict[int, _Tally]:
    """What each reviewer's values say beside those of the other reviewers of the same applications."""
    found: dict[int, _Tally] = {}
    for means in read:
        part = 1 / len(means)
        middle = sum([value for value, _reader in means]) * part
        for value, reviewer in means:
            one = found.get(reviewer) or found.setdefault(reviewer, _Tally())
            one.above += value - middle
            one.comparisons += 1 - part
            ties = one.ties
            for _value, other in means:
                if other != reviewer:
                    ties[other] = ties.get(other, 0.0) + part
    return found


def _mildness(standings: Mapping[int, _Tally], shrink: float) -> dict[int, float]:
    """Alternating means with the applications eliminated: a round costs pairs of reviewers instead of reviews.

    Per reviewer: the mean difference between their values and the corrected values of the others on the same
    applications. Results are used at once (Gauss-Seidel), which converges; centring after each round makes it converge
    three times as fast.
    """
    place = {reviewer: number for number, reviewer in enumerate(standings)}
    found = [0.0] * len(place)
    pull = [
        (one.above, one.comparisons + shrink, list(one.ties.values()), [place[other] for other in one.ties])
        for one in standings.values()
    ]
    for _round in range(MOST_ROUNDS):
        moved = 0.0
        for number, (above, weight, ties, others) in enumerate(pull):
            now = (above + sum(map(mul, ties, map(found.__getitem__, others)))) / weight
            if abs(now - found[number]) > moved:
                moved = abs(now - found[number])
            found[number] = now
        middle = sum(found) / len(found) if found else 0.0
        found = [one - middle for one in found]
        if moved < CLOSE:
            break
    return dict(zip(standings, found, strict=True))


def _groups(standings: Mapping[int, _Tally]) -> int:
    """The number of groups of reviewers connected through shared applications."""
    left, count = set(standings), 0
    while left:
        count += 1
        waiting = [left.pop()]
        while waiting:
            tied = standings[waiting.pop()].ties.keys() & left
            left -= tied
            waiting.extend(tied)
    return count
