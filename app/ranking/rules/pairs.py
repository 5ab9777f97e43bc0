"""Two applications side by side: scores and reasons per criterion, both answers per question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.questionnaires.rules.answers import Row, SectionSummary
from app.ranking.rules.figures import Measure, Reading


class Opinion(NamedTuple):
    """One reviewer's score and reason on one criterion; no score: they cannot judge it."""

    file: int
    reviewer: int
    name: str
    seen: int
    criterion: int
    score: int | None
    reason: str


@dataclass(frozen=True)
class AnswerPair:
    """One question; without a row where it was not asked."""

    label: str
    rows: tuple[Row | None, Row | None]


@dataclass(frozen=True)
class SectionPair:
    """One section with both answers to each question."""

    key: str
    title: str
    pairs: list[AnswerPair]


def readings_of(opinions: Iterable[Opinion], measures: Sequence[Measure]) -> list[Reading]:
    """The same opinions as reviews, for the calculations."""
    ordered = sorted(opinions, key=lambda one: (one.file, one.reviewer, one.seen))
    found = []
    for (file, reviewer, seen), group in groupby(ordered, key=lambda one: (one.file, one.reviewer, one.seen)):
        scores = {one.criterion: one.score for one in group}
        found.append(Reading(file, reviewer, seen, tuple(scores.get(measure.id) for measure in measures)))
    return found


def beside(first: Sequence[SectionSummary], second: Sequence[SectionSummary]) -> list[SectionPair]:
    """By question in the order of the first application's form; questions of the second only follow their section.

    Questions are matched by key, also when they moved to another section in a later version.
    """
    left = {row.question: row for section in second for row in section.rows}
    found: dict[str, SectionPair] = {}
    for section in first:
        pairs = [AnswerPair(row.label, (row, left.pop(row.question, None))) for row in section.rows]
        found[section.key] = SectionPair(section.key, section.title, pairs)
    for section in second:
        place = found.setdefault(section.key, SectionPair(section.key, section.title, []))
        place.pairs.extend(AnswerPair(row.label, (None, row)) for row in section.rows if row.question in left)
    return [section for section in found.values() if section.pairs]
