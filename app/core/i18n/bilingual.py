"""A text in every language of the site, stored in two columns."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Text
from sqlalchemy.orm import Composite, composite, mapped_column

LOCALES = ("nl", "fr")
LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "français"}
LANGUAGE_CHOICES = {"nl": "Nederlands", "fr": "Français"}  # on a line of its own


@dataclass(frozen=True)
class Bilingual:
    """A text in Dutch and French; neither is the original."""

    nl: str
    fr: str

    def __getitem__(self, locale: str) -> str:
        return str(getattr(self, locale))

    def missing(self) -> list[str]:
        """The languages without text, for the publish gate."""
        return [side.name for side in fields(self) if not self[side.name].strip()]

    @classmethod
    def of(cls, sides: Mapping[str, Any] | str) -> "Bilingual":
        """From a `{nl, fr}` table, or from one text that is the same in both, such as a name."""
        if isinstance(sides, str):
            return cls(sides, sides)
        return cls(**{locale: str(sides[locale]).strip() for locale in LOCALES})


def bilingual(name: str, *, unique: bool = False) -> Composite[Bilingual]:
    """Map two columns, `name_nl` and `name_fr`, to one attribute.

    Two columns instead of JSON: the database sorts and searches Dutch and French lists.
    """
    columns = [mapped_column(f"{name}_{locale}", Text, unique=unique, default="") for locale in LOCALES]
    return composite(Bilingual, *columns)
