"""An order of files with shared ranks, and the line at the last place with the band around it."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EVEN = 4  # decimals of a point within which two values are the same


class Sort(enum.StrEnum):
    """What a ranking can be put in order by."""

    RAW = "raw"
    CORRECTED = "corrected"
    MEDIAN = "median"
    SPREAD = "spread"
    REFERENCE = "reference"


# In the order of a value there is a line between who has a place and who has none.
BY_VALUE = frozenset({Sort.RAW, Sort.CORRECTED, Sort.MEDIAN})


@dataclass(frozen=True)
class Threshold:
    """The value of the last file that has a place; `shared`: the first one below the line has the same."""

    value: float
    shared: bool


def shared_ranks(values: Mapping[int, float | None]) -> dict[int, int]:
    """Rank by value, highest first; equal values share a rank and the next one is counted on (1, 2, 2, 4)."""
    known = sorted([(-round(value, EVEN), one) for one, value in values.items() if value is not None])
    ranks: dict[int, int] = {}
    before, rank = None, 0
    for place, (value, one) in enumerate(known, 1):
        rank = rank if value == before else place
        ranks[one], before = rank, value
    return ranks


def in_order(values: Mapping[int, float | None], references: Mapping[int, str]) -> list[int]:
    """The ids by value, highest first, then by reference; whatever has no value comes last."""
    known = sorted([(-round(value, EVEN), references[one], one) for one, value in values.items() if value is not None])
    unknown = sorted([(references[one], one) for one, value in values.items() if value is None])
    return [one for _value, _reference, one in known] + [one for _reference, one in unknown]


def threshold(values: Sequence[float], places: int) -> Threshold | None:
    """Where the places end among these values, highest first; None while there is a place for everybody."""
    if not 0 < places < len(values):
        return None
    last, first_below = round(values[places - 1], EVEN), round(values[places], EVEN)
    return Threshold(values[places - 1], last == first_below)


def band_around(values: Mapping[int, float | None], line: Threshold | None, band: int) -> dict[int, float]:
    """How far above or below the line, for each file in the band around it that is always discussed."""
    if line is None:
        return {}
    distances = {one: round(value - line.value, EVEN) for one, value in values.items() if value is not None}
    return {one: distance for one, distance in distances.items() if abs(distance) <= band}
