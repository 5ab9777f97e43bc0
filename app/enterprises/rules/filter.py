"""What a visitor looks for in the showcase; accents and capitals do not count."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

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

    @property
    def is_empty(self) -> bool:
        """Does it let everything through?"""
        return not (self.text or self.sector or self.legal_form or self.municipality)


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
