"""Columns of exported lists: a stable name, and their meaning in each language."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import speaking


@dataclass(frozen=True)
class Column:
    """`meaning`: by language; `is_money`: amounts in euro."""

    name: str
    meaning: Mapping[str, str]
    is_money: bool = False


def described(words: Callable[[str], Mapping[str, str]], *, money: Collection[str] = ()) -> list[Column]:
    """The columns in the order of `words(language)`, which gives their meanings by name."""
    by_language: dict[str, dict[str, str]] = {}
    for language in LOCALES:
        with speaking(language):
            by_language[language] = {name: str(meaning) for name, meaning in words(language).items()}
    return [
        Column(name, {language: found[name] for language, found in by_language.items()}, name in money)
        for name in by_language[LOCALES[0]]
    ]


def names(columns: Collection[Column]) -> list[str]:
    """The header row."""
    return [one.name for one in columns]
