"""Order applications with shared ranks; the cut-off at the last place, and the band around it."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EVEN = 4  # decimals within which two values are equal


class Sort(enum.StrEnum):
    """The possible orders of a ranking."""

    RAW = "raw"
    CORRECTED = "corrected"
    MEDIAN = "median"
    SPREAD = "spread"
    REFERENCE = "reference"


# Orders by value have a cut-off between applications with and without a place.
BY_VALUE = frozenset({Sort.RAW, Sort.CORRECTED, Sort.MEDIAN})


@dataclass(frozen=True)
class CutOff:
    """The value of the last application with a place; `shared`: the first one below has the same."""

    value: float
    shared: bool


def shared_ranks(values: Mapping[int, float | None]) -> dict[int, int]:
    """Rank by value, highest first; equal values share a rank (1, 2, 2, 4)."""
    known = sorted([(-round(value, EVEN), one) for one, value in values.items() if value is not None])
    ranks: dict[int, int] = {}
    before, rank = None, 0
    for place, (value, one) in enumerate(known, 1):
        rank = rank if value == before else place
        ranks[one], before = rank, value
    return ranks


def in_order(values: Mapping[int, float | None], references: Mapping[int, str]) -> list[int]:
    """The ids by value, highest first, then by reference; those without a value come last."""
    known = sorted([(-round(value, EVEN), references[one], one) for one, value in values.items() if value is not None])
    unknown = sorted([(references[one], one) for one, value in values.items() if value is None])
    return [one for _value, _reference, one in known] + [one for _reference, one in unknown]


def cut_off_of(values: Sequence[float], places: int) -> CutOff | None:
    """The cut-off among these values, highest first; None while there is a place for everybody."""
    if not 0 < places < len(values):
        return None
    last, first_below = round(values[places - 1], EVEN), round(values[places], EVEN)
    return CutOff(values[places - 1], last == first_below)


def band_around(values: Mapping[int, float | None], cut_off: CutOff | None, band: int) -> dict[int, float]:
    """The distance from the cut-off of each application in the band that is always discussed."""
    if cut_off is None:
        return {}
    distances = {one: round(value - cut_off.value, EVEN) for one, value in values.items() if value is not None}
    return {one: distance for one, distance in distances.items() if abs(distance) <= band}
