"""What a visitor looks for in the showcase; accents and capitals do not count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from app.core.belgium.lists import folded
from app.core.bilingual import LOCALES, Bilingual


class Shown(Protocol):
    """What can be looked through."""

    @property
    def name(self) -> str: ...
    @property
    def pitch(self) -> Bilingual: ...
    @property
    def sector(self) -> str: ...
    @property
    def legal_form(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def founded(self) -> int | None: ...
    @property
    def slug(self) -> str: ...


Found = TypeVar("Found", bound=Shown)
ORDERS = ("place", "name", "year")


@dataclass(frozen=True)
class Filter:
    """Words and choices; empty means everything."""

    text: str = ""
    sector: frozenset[str] = frozenset()
    legal_form: frozenset[str] = frozenset()
    municipality: str = ""

    def without(self, facet: str) -> "Filter":
        """The same with one facet open again."""
        opened: dict[str, Any] = {facet: getattr(Filter(), facet)}
        return replace(self, **opened)

    def less(self, *, sector: str = "", legal_form: str = "") -> "Filter":
        """The same without one of several choices."""
        return replace(self, sector=self.sector - {sector}, legal_form=self.legal_form - {legal_form})


def matches(shown: Shown, wanted: Filter) -> bool:
    """Does this enterprise fit every choice, and hold every word in its name or pitch?"""
    if wanted.sector and shown.sector not in wanted.sector:
        return False
    if wanted.legal_form and shown.legal_form not in wanted.legal_form:
        return False
    if wanted.municipality and shown.municipality != wanted.municipality:
        return False
    words = folded(wanted.text).split()
    text = folded(" ".join([shown.name, *(shown.pitch[locale] for locale in LOCALES)]))
    return all(word in text for word in words)


def ordered(rows: Sequence[Found], order: str) -> list[Found]:
    """As in the street, by name, or the youngest first; without a year last."""
    if order == "name":
        return sorted(rows, key=lambda row: (folded(row.name), row.slug))
    if order == "year":
        return sorted(rows, key=lambda row: (-(row.founded or 0), folded(row.name), row.slug))
    return list(rows)


def stretch(rows: Sequence[Found], after: str, count: int) -> tuple[int, Sequence[Found]]:
    """(how many come before, the next ones) after the row of this slug; from the start when there is no such row."""
    slugs = [row.slug for row in rows]
    start = slugs.index(after) + 1 if after in slugs else 0
    return start, rows[start : start + count]
