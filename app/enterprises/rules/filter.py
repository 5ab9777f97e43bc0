"""What a visitor looks for in the showcase, choice by choice."""

from dataclasses import dataclass, fields, replace
from typing import Any

ORDERS = ("place", "name", "year")
FIRST_YEAR, YEARS = 2016, 5  # stretches as the support centre's own funding counts them: 2016–2020, 2021–2025 …


@dataclass(frozen=True)
class Filter:
    """Words and choices; empty means everything. `period` holds the first years of stretches of founding years."""

    text: str = ""
    sector: frozenset[str] = frozenset()
    legal_form: frozenset[str] = frozenset()
    period: frozenset[str] = frozenset()
    programme: frozenset[str] = frozenset()
    municipality: str = ""

    def without(self, facet: str) -> "Filter":
        """The same with one facet open again."""
        opened: dict[str, Any] = {facet: getattr(Filter(), facet)}
        return replace(self, **opened)

    def chosen(self, facet: str) -> frozenset[str]:
        """The codes chosen in one facet, whether it takes one or several."""
        value = getattr(self, facet)
        return value if isinstance(value, frozenset) else frozenset({value} - {""})

    def less(self, facet: str, code: str) -> "Filter":
        """The same without one choice."""
        if isinstance(getattr(self, facet), str):
            return self.without(facet)
        left: dict[str, Any] = {facet: self.chosen(facet) - {code}}
        return replace(self, **left)

    def choices(self) -> list[tuple[str, str]]:
        """(facet, code) of every choice, facet by facet; the words that were typed come last."""
        facets = [field.name for field in fields(self)]
        return [(facet, code) for facet in [*facets[1:], facets[0]] for code in sorted(self.chosen(facet))]


def period_of(year: int) -> str:
    """The code of the stretch in which a year lies: its first year, or 0 for what was there before us."""
    return str(FIRST_YEAR + (year - FIRST_YEAR) // YEARS * YEARS) if year >= FIRST_YEAR else "0"


def years_of(code: str) -> tuple[int | None, int]:
    """(first, last) year of a stretch; no first year for what was there before us."""
    return (int(code), int(code) + YEARS - 1) if code != "0" else (None, FIRST_YEAR - 1)
