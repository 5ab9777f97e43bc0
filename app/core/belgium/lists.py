"""Legal forms, sectors and the nineteen municipalities, from content/lists.toml. Codes are stored."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app.core.i18n.bilingual import Bilingual
from app.core.text.cleaning import folded
from config import ROOT

LEFT_OVER = "other"


class Named(Protocol):
    """A code with a name in both languages."""

    @property
    def name(self) -> Bilingual: ...


Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True)
class LegalForm:
    """A legal form (companies and associations code, 2019); `gable` is the roof of its house in the showcase."""

    code: str
    name: Bilingual
    short: Bilingual
    gable: str
    offered: bool


@dataclass(frozen=True)
class Sector:
    """What an enterprise works on; `fill` is the wall colour of its house in the showcase."""

    code: str
    name: Bilingual
    fill: str


@dataclass(frozen=True)
class Municipality:
    """A municipality with its NIS code. A postcode does not determine the municipality."""

    code: str
    name: Bilingual
    postcodes: tuple[str, ...]


def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((ROOT / "content" / "lists.toml").read_text(encoding="utf-8"))


_lists = _read()


def _legal_form(row: dict[str, Any]) -> LegalForm:
    name, short = Bilingual.of(row["name"]), Bilingual.of(row["short"])
    return LegalForm(row["code"], name, short, row["gable"], row["offered"])


LEGAL_FORMS = {row["code"]: _legal_form(row) for row in _lists["legal_form"]}
SECTORS = {row["code"]: Sector(row["code"], Bilingual.of(row["name"]), row["fill"]) for row in _lists["sector"]}
MUNICIPALITIES = {
    row["nis"]: Municipality(row["nis"], Bilingual.of(row["name"]), tuple(row["postcodes"]))
    for row in _lists["municipality"]
}
MUNICIPALITY_EXTRAS = {row["code"]: Bilingual.of(row["name"]) for row in _lists["municipality_extra"]}


def in_order(entries: Iterable[Entry], locale: str) -> list[Entry]:
    """Sorted for this language, ignoring accents and case; "other" comes last."""
    return sorted(entries, key=lambda entry: (getattr(entry, "code", "") == LEFT_OVER, folded(entry.name[locale])))


def municipality_name(code: str, locale: str) -> str:
    """The name of a stored code; empty for no code."""
    if code in MUNICIPALITIES:
        return MUNICIPALITIES[code].name[locale]
    return MUNICIPALITY_EXTRAS[code][locale] if code in MUNICIPALITY_EXTRAS else ""
