"""The words that public texts hold, to find the one that somebody meant who made a typing error."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from sqlalchemy import Text, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, db
from app.core.search.words import WORD, stem
from app.core.text.cleaning import folded

WRITTEN = re.compile(r"\w+")  # a word of a text or query as it is written: an apostrophe or a hyphen ends it
SHORTEST = 5  # letters of a word that can hold an error: shorter ones are too like others
LIKE = 0.78  # of difflib's ratio: one wrong letter in five, two in nine


class SearchWord(Model):
    """A word of the public texts of one language, folded, and how it is written there."""

    __tablename__ = "search_word"

    language: Mapped[str] = mapped_column(Text, primary_key=True)
    word: Mapped[str] = mapped_column(Text, primary_key=True)
    written: Mapped[str] = mapped_column(Text)


def learn(texts: Iterable[tuple[str, str]]) -> None:
    """Know the words of these texts, given as (language, text); a word that is known stays as it is."""
    known: dict[tuple[str, str], str] = {}
    for language, text in texts:
        for written in WRITTEN.findall(text):
            word = folded(written)
            if len(word) >= SHORTEST and WORD.fullmatch(word) and not word.isdigit():
                known.setdefault((language, word), written.casefold())
    if not known:
        return
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    rows = [
        {"language": language, "word": word, "written": written} for (language, word), written in sorted(known.items())
    ]
    db.session.execute(dialect.insert(SearchWord).on_conflict_do_nothing(), rows)


def forget_words() -> None:
    """Know no word, to learn them again from the present texts."""
    db.session.execute(delete(SearchWord))


def knows_words() -> bool:
    """Was any text learnt?"""
    return db.session.scalar(select(SearchWord.word).limit(1)) is not None


def corrected(words: list[str], language: str) -> dict[str, str]:
    """For each folded word that no text holds: the word that is most like it, as texts write it. One statement."""
    doubtful = [word for word in words if len(word) >= SHORTEST and not word.isdigit()]
    if not doubtful:
        return {}
    begins = or_(*(SearchWord.word.startswith(letter) for letter in sorted({word[0] for word in doubtful})))
    rows = db.session.execute(
        select(SearchWord.word, SearchWord.written)
        .where(SearchWord.language == language, begins)
        .order_by(SearchWord.word)
    )
    written: dict[str, str] = {row.word: row.written for row in rows}
    stems = {stem(word, language) for word in written}
    fixed = {}
    for word in doubtful:
        if stem(word, language) in stems or any(known.startswith(word) for known in written):
            continue
        like = get_close_matches(word, written, n=1, cutoff=LIKE)
        if like:
            fixed[word] = written[like[0]]
    return fixed
