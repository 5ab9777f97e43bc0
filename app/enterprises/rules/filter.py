"""The showcase's filter."""

from dataclasses import dataclass, fields, replace
from typing import Any

ORDERS = ("place", "name", "year")
FIRST_YEAR, YEARS = 2016, 5  # periods as the support centre's funding counts them: 2016–2020, 2021–2025 …


@dataclass(frozen=True)
class Filter:
    """Search words and choices; empty fields filter nothing. `period`: first years of founding periods."""

    text: str = ""
    sector: frozenset[str] = frozenset()
    legal_form: frozenset[str] = frozenset()
    period: frozenset[str] = frozenset()
    programme: frozenset[str] = frozenset()
    municipality: str = ""

    def without(self, facet: str) -> "Filter":
        """The filter without one facet."""
        opened: dict[str, Any] = {facet: getattr(Filter(), facet)}
        return replace(self, **opened)

    def chosen(self, facet: str) -> frozenset[str]:
        """The chosen codes of a facet."""
        value = getattr(self, facet)
        return value if isinstance(value, frozenset) else frozenset({value} - {""})

    def less(self, facet: str, code: str) -> "Filter":
        """The filter without one choice."""
        if isinstance(getattr(self, facet), str):
            return self.without(facet)
        left: dict[str, Any] = {facet: self.chosen(facet) - {code}}
        return replace(self, **left)

    def choices(self) -> list[tuple[str, str]]:
        """(facet, code) of every choice, by facet; the search words come last."""
        facets = [field.name for field in fields(self)]
        return [(facet, code) for facet in [*facets[1:], facets[0]] for code in sorted(self.chosen(facet))]


def period_of(year: int) -> str:
    """The code of a year's period: its first year, or 0 before 2016."""
    return str(FIRST_YEAR + (year - FIRST_YEAR) // YEARS * YEARS) if year >= FIRST_YEAR else "0"


def years_of(code: str) -> tuple[int | None, int]:
    """(first, last) year of a period; no first year before 2016."""
    return (int(code), int(code) + YEARS - 1) if code != "0" else (None, FIRST_YEAR - 1)
