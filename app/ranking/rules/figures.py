"""Figures of one application: means, median, spread; missing scores are left out, never zero."""

from collections.abc import Iterable, Sequence
from math import sqrt
from operator import mul
from typing import Any, NamedTuple

from app.core.i18n.bilingual import Bilingual
from app.review.rules.scoring import Scored, weighted_mean

PAIR = 2


class Measure(NamedTuple):
    """A criterion for the calculations."""

    id: int
    code: str
    title: Bilingual
    weight: int
    lowest: int
    highest: int


class Reading(NamedTuple):
    """One finished review. `scores`: one per criterion of the call, in order, or None.

    `seen`: the number of the submission that was read.
    """

    file: int
    reviewer: int
    seen: int
    scores: tuple[int | None, ...]


class Part(NamedTuple):
    """One criterion of one application: mean, lowest and highest score."""

    mean: float
    lowest: int
    highest: int

    @property
    def spread(self) -> int:
        """Points between the two reviewers who differ most."""
        return self.highest - self.lowest


class Figures(NamedTuple):
    """One application. `means`: (weighted mean of a reviewer on 0-100, the reviewer), lowest first; `raw`: their mean.

    `readings`: finished reviews, including those without scores; `scores`: by criterion, in order. Derived figures are
    computed lazily: a list of a thousand applications shows a hundred.
    """

    means: list[tuple[float, int]]
    raw: float | None
    readings: int
    scores: list[tuple[int, ...]]

    @property
    def median(self) -> float | None:
        """The median of the reviewers' means."""
        size = len(self.means)
        if not size:
            return None
        middle = self.means[size // 2][0]
        return middle if size % 2 else (self.means[size // 2 - 1][0] + middle) / 2

    @property
    def spread(self) -> float | None:
        """Points between the highest and the lowest reviewer."""
        return self.means[-1][0] - self.means[0][0] if self.means else None

    @property
    def deviation(self) -> float | None:
        """The sample standard deviation; None with one review."""
        if self.raw is None or len(self.means) < PAIR:
            return None
        return sqrt(sum([(value - self.raw) ** 2 for value, _reader in self.means]) / (len(self.means) - 1))

    @property
    def parts(self) -> list[Part | None]:
        """By criterion; None without a score."""
        return [Part(sum(given) / len(given), min(given), max(given)) if given else None for given in self.scores]


NOTHING = Figures([], None, 0, [])


def figures(readings: Iterable[Reading], measures: Sequence[Measure]) -> dict[int, Figures]:
    """The figures of every reviewed application."""
    mean = _Mean(measures)
    groups: dict[int, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.file, []).append(reading)
    return {file: _of_one(group, mean) for file, group in groups.items()}


def _of_one(group: list[Reading], mean: "_Mean") -> Figures:
    means = sorted([(value, one.reviewer) for one in group if (value := mean(one.scores)) is not None])
    scores: list[tuple[Any, ...]] = list(zip(*[one.scores for one in group], strict=True))
    if any(None in column for column in scores):
        scores = [tuple(score for score in column if score is not None) for column in scores]
    raw = sum([value for value, _reader in means]) / len(means) if means else None
    return Figures(means, raw, len(group), scores)


class _Mean:
    """`review.rules.scoring.weighted_mean` for a whole call: normalises the weights once when everything was scored."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        self.measures = measures
        weights = sum(measure.weight for measure in measures)
        self.shares = [100 * measure.weight / measure.highest / weights for measure in measures] if weights else []

    def __call__(self, scores: tuple[Any, ...]) -> float | None:
        if self.shares and None not in scores:
            return sum(map(mul, self.shares, scores))
        return weighted_mean(
            Scored(measure.weight, score, measure.highest)
            for measure, score in zip(self.measures, scores, strict=True)
            if score is not None
        )
