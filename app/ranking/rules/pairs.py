"""Two files side by side: each criterion with what every reader gave and wrote, each question with both answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from app.questionnaires.rules.answers import Row, SectionSummary
from app.ranking.rules.figures import Measure, Reading


class Opinion(NamedTuple):
    """What one reader made of one criterion of one file; no score: they cannot judge it."""

    file: int
    reviewer: int
    name: str
    seen: int
    criterion: int
    score: int | None
    reason: str


@dataclass(frozen=True)
class AnswerPair:
    """One question; who was not asked has no row."""

    label: str
    rows: tuple[Row | None, Row | None]


@dataclass(frozen=True)
class SectionPair:
    """One section of the form with both answers to each question."""

    key: str
    title: str
    pairs: list[AnswerPair]


def readings_of(opinions: Iterable[Opinion], measures: Sequence[Measure]) -> list[Reading]:
    """The same opinions as readings, to be counted."""
    ordered = sorted(opinions, key=lambda one: (one.file, one.reviewer, one.seen))
    found = []
    for (file, reviewer, seen), group in groupby(ordered, key=lambda one: (one.file, one.reviewer, one.seen)):
        scores = {one.criterion: one.score for one in group}
        found.append(Reading(file, reviewer, seen, tuple(scores.get(measure.id) for measure in measures)))
    return found


def beside(first: Sequence[SectionSummary], second: Sequence[SectionSummary]) -> list[SectionPair]:
    """Question by question in the order of the first file's form; what only the second was asked follows its section.

    A question is known by its key, also where it moved to another section in a later version of the form.
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
