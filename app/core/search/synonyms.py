"""Other words for the same thing: a small list in each language, from content/synonyms.toml at first."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, db
from app.core.search.words import words_of


class SearchSynonym(Model):
    """Words that visitors type, and the words of our texts that say the same, separated by commas."""

    __tablename__ = "search_synonym"

    language: Mapped[str] = mapped_column(Text, primary_key=True)
    typed: Mapped[str] = mapped_column(Text, primary_key=True)
    means: Mapped[str] = mapped_column(Text)


def add(language: str, typed: Iterable[str], means: Iterable[str]) -> None:
    """Each of the words typed finds what the words meant find too."""
    meant = ", ".join(means)
    db.session.add_all(SearchSynonym(language=language, typed=one, means=meant) for one in typed)


def are_there() -> bool:
    """Does the list hold anything?"""
    return db.session.scalar(select(SearchSynonym.typed).limit(1)) is not None


def of_language(language: str) -> Mapping[str, list[str]]:
    """Folded word or phrase -> the words or phrases that mean the same. One statement."""
    rows = db.session.execute(
        select(SearchSynonym.typed, SearchSynonym.means).where(SearchSynonym.language == language)
    )
    return {
        " ".join(words_of(typed)): [one.strip() for one in means.split(",") if words_of(one)] for typed, means in rows
    }
