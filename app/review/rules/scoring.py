"""Calculate the weighted mean (domain facts, 6.4: formula), and merge two texts of one review."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import Bilingual


class Recommendation(enum.StrEnum):
    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


RECOMMENDATIONS = {
    Recommendation.YES: _l("Select it"),
    Recommendation.MAYBE: _l("Discuss it"),
    Recommendation.NO: _l("Do not select it"),
}


class Criterion(Protocol):
    """A criterion as the rules need it."""

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
    """One scored criterion: weight, score, highest possible score."""

    weight: int
    score: int
    highest: int


@dataclass(frozen=True)
class Opinion:
    """A reviewer's opinion on one criterion; empty without score and text."""

    score: int | None = None
    cannot_judge: bool = False
    reason: str = ""

    @property
    def is_settled(self) -> bool:
        """True with a score, or when it cannot be judged."""
        return self.score is not None or self.cannot_judge


BLANK = Opinion()


@dataclass(frozen=True)
class Written:
    """One review: opinions by criterion id, recommendation, and a comment for the jury only."""

    opinions: Mapping[int, Opinion] = field(default_factory=dict)
    recommendation: str = ""
    comment: str = ""

    def on(self, criterion_id: int) -> Opinion:
        """The opinion on one criterion."""
        return self.opinions.get(criterion_id, BLANK)

    @property
    def scored(self) -> int:
        """The number of scored criteria."""
        return sum(one.score is not None for one in self.opinions.values())

    def taking(self, name: str, other: "Written") -> "Written":
        """A copy with one part taken from the other: a criterion's id, `recommendation` or `words`."""
        if name in ("recommendation", "comment"):
            return replace(self, **{name: getattr(other, name)})
        found = next((key for key in other.opinions if str(key) == name), None)
        return self if found is None else replace(self, opinions={**self.opinions, found: other.on(found)})


@dataclass(frozen=True)
class Merged:
    """Two texts merged; for the parts in `conflicts` it holds the first one's."""

    written: Written
    conflicts: tuple[str, ...]


def weighted_mean(scored: Iterable[Scored]) -> float | None:
    """Sum of weight × score ÷ highest score, divided by the weights that were scored, on 0-100.

    A criterion without a score is left out, never counted as zero; None without any score.
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
    """Points between the lowest and the highest score; None with fewer than two."""
    given = [score for score in scores if score is not None]
    return max(given) - min(given) if len(given) > 1 else None


def merge(mine: Written, theirs: Written) -> Merged:
    """Take what one side left empty from the other; where both differ, the reviewer chooses."""
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
