"""From scores to one figure (domain facts, 6.4: formula), and two texts of one review put together."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import Bilingual


class Recommendation(enum.StrEnum):
    """What a reader would do."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


RECOMMENDATIONS = {
    Recommendation.YES: _l("Select it"),
    Recommendation.MAYBE: _l("Discuss it"),
    Recommendation.NO: _l("Do not select it"),
}


class Criterion(Protocol):
    """What is judged: the rules need no more of it."""

    @property
    def id(self) -> int: ...

    @property
    def weight(self) -> int: ...

    @property
    def title(self) -> Bilingual: ...

    @property
    def scores(self) -> range: ...

    def needs_reason(self, score: int) -> bool: ...


@dataclass(frozen=True)
class Scored:
    """One answered criterion: its weight, the score, and the highest score that was possible."""

    weight: int
    score: int
    highest: int


@dataclass(frozen=True)
class Opinion:
    """What a reader wrote about one criterion; without a score and without words nothing yet."""

    score: int | None = None
    cannot_judge: bool = False
    reason: str = ""

    @property
    def is_settled(self) -> bool:
        """Is there a score, or the statement that there can be none?"""
        return self.score is not None or self.cannot_judge


BLANK = Opinion()


@dataclass(frozen=True)
class Written:
    """One review as it was written: an opinion by criterion id, what the reader would do, words for the jury alone."""

    opinions: Mapping[int, Opinion] = field(default_factory=dict)
    recommendation: str = ""
    comment: str = ""

    def on(self, criterion_id: int) -> Opinion:
        """The opinion on one criterion."""
        return self.opinions.get(criterion_id, BLANK)

    @property
    def scored(self) -> int:
        """How many criteria have a score."""
        return sum(one.score is not None for one in self.opinions.values())

    def taking(self, name: str, other: "Written") -> "Written":
        """The same with one thing as the other has it: a criterion's id, `recommendation` or `words`."""
        if name in ("recommendation", "comment"):
            return replace(self, **{name: getattr(other, name)})
        found = next((key for key in other.opinions if str(key) == name), None)
        return self if found is None else replace(self, opinions={**self.opinions, found: other.on(found)})


@dataclass(frozen=True)
class Merged:
    """Two texts of one review as one; for the things in `conflicts` it holds the first one's."""

    written: Written
    conflicts: tuple[str, ...]


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


def total(criteria: Iterable[Criterion], written: Written) -> float | None:
    """The weighted mean of one review."""
    pairs = [(criterion, written.on(criterion.id).score) for criterion in criteria]
    return weighted_mean(
        Scored(criterion.weight, score, criterion.scores[-1]) for criterion, score in pairs if score is not None
    )


def spread(scores: Iterable[int | None]) -> int | None:
    """The points between the lowest and the highest score; nothing to compare without two."""
    given = [score for score in scores if score is not None]
    return max(given) - min(given) if len(given) > 1 else None


def merge(mine: Written, theirs: Written) -> Merged:
    """What one of the two left open is taken from the other; where both wrote something else, nobody decides."""
    opinions, conflicts = {}, []
    for key in {**theirs.opinions, **mine.opinions}:
        here, there = mine.on(key), theirs.on(key)
        opinions[key] = there if here == BLANK else here
        if BLANK not in (here, there) and here != there:
            conflicts.append(str(key))
    for name in ("recommendation", "comment"):
        here, there = getattr(mine, name), getattr(theirs, name)
        if here and there and here != there:
            conflicts.append(name)
    words = Written(opinions, mine.recommendation or theirs.recommendation, mine.comment or theirs.comment)
    return Merged(words, tuple(conflicts))
