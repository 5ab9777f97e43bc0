"""The ranking of a call: every application with rank, figures and alarms, computed in one pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from app.ranking.rules.agreement import alpha
from app.ranking.rules.alarms import OUTLIER, Alarm, alarms, farthest
from app.ranking.rules.figures import NOTHING, Figures, Measure, Reading, figures
from app.ranking.rules.order import BY_VALUE, CutOff, Sort, band_around, cut_off_of, in_order, shared_ranks
from app.ranking.rules.severity import Correction, corrected


class Ranked(NamedTuple):
    """An application in the ranking; `submission`: the number of its last submission."""

    id: int
    key: str
    reference: str
    title: str
    language: str
    submission: int


class RankedReviewer(NamedTuple):
    """A reviewer of the call with the number of their assignments."""

    id: int
    name: str
    given: int


@dataclass(frozen=True)
class Terms:
    """The settings of the call and its review plan."""

    places: int
    readings: int
    wide_spread: int
    band: int


@dataclass(frozen=True)
class Sheet:
    """The input of a ranking."""

    terms: Terms
    measures: list[Measure]
    files: list[Ranked]
    readings: list[Reading]
    reviewers: list[RankedReviewer] = field(default_factory=list)


class Row(NamedTuple):
    """One row of the ranking. Equal values share `rank` and `corrected_rank`."""

    file: Ranked
    figures: Figures
    rank: int | None
    corrected: float | None
    corrected_rank: int | None


class ReviewerRow(NamedTuple):
    """One reviewer. `mean`: of their values; `mildness`: points above or below the others."""

    reviewer: RankedReviewer
    read: int
    mean: float | None
    mildness: float | None


class Board:
    """A sheet with its calculations."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.figures = figures(sheet.readings, sheet.measures)
        self.correction: Correction = corrected(self.figures)
        self.ranks = shared_ranks(self.values(Sort.RAW))
        self.corrected_ranks = shared_ranks(self.correction.values)

    def of(self, file: int) -> Figures:
        """The figures of this application, reviewed or not."""
        return self.figures.get(file, NOTHING)

    @cached_property
    def by_id(self) -> dict[int, Ranked]:
        """The applications by id."""
        return {file.id: file for file in self.sheet.files}

    def values(self, sort: Sort) -> dict[int, float | None]:
        """The sort values of this order; by reference, the raw ones."""
        if sort == Sort.CORRECTED:
            return {file.id: self.correction.values.get(file.id) for file in self.sheet.files}
        of = {Sort.MEDIAN: attrgetter("median"), Sort.SPREAD: attrgetter("spread")}.get(sort, attrgetter("raw"))
        return {file.id: of(self.figures.get(file.id, NOTHING)) for file in self.sheet.files}

    def order(self, sort: Sort = Sort.RAW) -> list[int]:
        """The ids of all applications in this order; ties by reference."""
        references = {file.id: file.reference for file in self.sheet.files}
        if sort == Sort.REFERENCE:
            return sorted(references, key=lambda file: (references[file], file))
        return in_order(self.values(sort), references)

    def cut_off(self, sort: Sort = Sort.RAW) -> tuple[CutOff | None, dict[int, float]]:
        """The cut-off in this order, and the distance of every application in the band around it.

        Orders that are not by value use the cut-off of the raw one.
        """
        values = self.values(sort if sort in BY_VALUE else Sort.RAW)
        known = sorted([value for value in values.values() if value is not None], reverse=True)
        cut_off = cut_off_of(known, self.sheet.terms.places)
        return cut_off, band_around(values, cut_off, self.sheet.terms.band)

    def row(self, file: int) -> Row:
        """One row of the ranking."""
        return Row(
            self.by_id[file],
            self.of(file),
            self.ranks.get(file),
            self.correction.values.get(file),
            self.corrected_ranks.get(file),
        )

    def needs_discussion(self, file: int) -> bool:
        """True when the application has an alarm; cheaper than listing them."""
        terms, own = self.sheet.terms, self.of(file)
        return (
            own.readings < terms.readings
            or file in self.changed
            or any(given and max(given) - min(given) >= terms.wide_spread for given in own.scores)
            or farthest(own) >= OUTLIER
        )

    def alarms(self, file: int) -> list[Alarm]:
        """The alarms of this application."""
        terms = self.sheet.terms
        return alarms(
            self.of(file),
            self.sheet.measures,
            planned=terms.readings,
            wide_spread=terms.wide_spread,
            changed=file in self.changed,
        )

    @cached_property
    def changed(self) -> frozenset[int]:
        """Applications of which a reviewer read an older submission."""
        last = {file.id: file.submission for file in self.sheet.files}
        return frozenset(reading.file for reading in self.sheet.readings if reading.seen != last[reading.file])

    @cached_property
    def inside(self) -> frozenset[int]:
        """Applications with a place by raw value; for the last place the reference decides."""
        valued = [file for file in self.order() if file in self.ranks]
        return frozenset(valued[: self.sheet.terms.places])

    def agreement(self) -> tuple[float | None, list[float | None]]:
        """Alpha of the reviewers' values for whole applications, and for each criterion."""
        every = list(self.figures.values())
        whole = alpha([value for value, _reader in one.means] for one in every)
        return whole, [alpha(one.scores[place] for one in every) for place in range(len(self.sheet.measures))]

    def reviewer_rows(self) -> list[ReviewerRow]:
        """Every reviewer, strictest first; those without reviews come last."""
        given: dict[int, list[float]] = {}
        for one in self.figures.values():
            for value, reviewer in one.means:
                given.setdefault(reviewer, []).append(value)
        rows = [
            ReviewerRow(
                reviewer,
                len(given.get(reviewer.id, ())),
                _mean(given.get(reviewer.id, ())),
                self.correction.mildness.get(reviewer.id),
            )
            for reviewer in self.sheet.reviewers
        ]
        return sorted(
            rows, key=lambda row: (row.mildness is None, row.mildness or 0, row.reviewer.name, row.reviewer.id)
        )


def replayed(sheet: Sheet, weights: Mapping[int, int], without: frozenset[int] = frozenset()) -> Sheet:
    """The same reviews with other weights, by criterion, and without some reviewers; nothing is stored."""
    measures = [measure._replace(weight=weights.get(measure.id, measure.weight)) for measure in sheet.measures]
    return replace(sheet, measures=measures, readings=[one for one in sheet.readings if one.reviewer not in without])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
