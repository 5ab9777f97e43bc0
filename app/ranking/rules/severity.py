"""Strict and mild readers: what a file's value would be if all readers were equally strict.

The model is additive: a reader's weighted mean of a file = the file's value + how mild the reader is. Both are means
of what the other leaves over, so they are found by taking means in turn until nothing moves. A reader is believed only
as far as there is something to go by: SHRINK is added to the number of comparisons by which their mean difference is
divided, as if they had also read that many files exactly as everybody else did. This is the two-way layout with readers
as random effects (Henderson, 1975; for juries: Cronbach and others' facets, Linacre's many-facet model without its
logistic scale).

Its limits: it believes that a reader is equally strict on every file; it does not see who uses a narrower part of the
scale; and it compares only readers who are tied together by files that they read both, directly or through others.
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
    """`mildness`: points by which each reader stands above (mild) or below (strict) the others; `values`: by file.

    `groups`: how many groups of readers share no file with each other; with more than one, only values within a group
    can be compared.
    """

    mildness: Mapping[int, float]
    values: Mapping[int, float]
    groups: int


@dataclass
class _Tally:
    """A reader: how far above the means of their files, by how many comparisons, and how strongly tied to whom."""

    above: float = 0.0
    comparisons: float = 0.0
    ties: dict[int, float] = field(default_factory=dict)


def corrected(files: Mapping[int, Figures], *, shrink: float = SHRINK) -> Correction:
    """Every file's value without the readers' severity, and that severity."""
    read = {file: figures.means for file, figures in files.items() if figures.means}
    standings = _tallies(read.values())
    mildness = _mildness(standings, shrink)
    values = {
        file: sum([value - mildness[reviewer] for value, reviewer in means]) / len(means)
        for file, means in read.items()
    }
    return Correction(mildness, values, _groups(standings))


def _tallies(read: Iterable[list[tuple[float, int]]]) -> dict[int, _Tally]:
    """What each reader's values say beside those of the other readers of the same files."""
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
    """The means in turn, with the files taken out of the sums: a round costs pairs of readers instead of readings.

    What is left is, for each reader: the mean difference between their values and what the other readers of the same
    files gave, those corrected. Each result is used at once, which is sure to settle; that all readers together are
    neither strict nor mild holds at the end, and saying so after each round makes it settle three times as fast.
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
    """How many groups of readers are tied together by files that they share."""
    left, count = set(standings), 0
    while left:
        count += 1
        waiting = [left.pop()]
        while waiting:
            tied = standings[waiting.pop()].ties.keys() & left
            left -= tied
            waiting.extend(tied)
    return count
