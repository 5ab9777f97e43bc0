"""Years of figures: those of a heading, and which figures may stand together."""

from collections.abc import Iterable
from typing import Protocol


class Counted(Protocol):
    """A value counted over some years."""

    @property
    def from_year(self) -> int: ...

    @property
    def to_year(self) -> int: ...


def years(values: Iterable[Counted]) -> str:
    """The years that the values cover: 2016–2020, or 2021; empty without a value."""
    found = list(values)
    if not found:
        return ""
    first, last = min(one.from_year for one in found), max(one.to_year for one in found)
    return f"{first}–{last}" if first < last else str(last)
