"""Words that can be looked for: one index, on SQLite's FTS5 and on PostgreSQL's text search alike.

The stems are made here, so that both databases find the same things. They see words of a to z and 0 to 9 only: nothing
that somebody types is an operator of theirs.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from snowballstemmer import stemmer
from sqlalchemy import (
    ForeignKey,
    Select,
    Text,
    UniqueConstraint,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.text.cleaning import folded

# snowballstemmer's `dutch` is another algorithm, which makes `beleid` (policy) of `begeleiding` (support).
ALGORITHMS = {"nl": "dutch_porter", "fr": "french"}
WORD = re.compile(r"[a-z0-9]+")
ONE = re.compile(r"@|^[A-Za-z]{2}\d{2}-\d+$")
LONGEST_WORD, MOST_WORDS = 40, 8
SHORTEST_BEGINNING = 3  # a shorter word must stand there whole
TITLE_COUNTS = 4  # times as much as the text
AROUND = 110  # characters of an excerpt before and after the first word found

_SIMPLE: Any = literal_column("'simple'")
_stemmers = threading.local()
_fts = table("search_fts", column("rowid"), column("search_fts"), column("rank"))
_team_fts = table("team_fts", column("rowid"), column("team_fts"))


class SearchEntry(Model):
    """One thing in one language. `place` and `thing_id` say which; `slug` is its address there.

    Migration 0002 lays SQLite's FTS5 table and PostgreSQL's GIN index, both named search_fts, over `stems`.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("place", "thing_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    thing_id: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)


class TeamEntry(Model):
    """The words by which the team finds one application: apart from the index that the public searches.

    Migration 0004 lays SQLite's FTS5 table and PostgreSQL's GIN index, both named team_fts, over `stems`.
    """

    __tablename__ = "team_entry"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    stems: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class SearchDocument:
    """A thing as the index takes it."""

    place: str
    thing_id: int
    slug: Bilingual
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True)
class Hit:
    """A thing that was found, in the language that was asked for."""

    place: str
    slug: str
    title: str
    text: str


def put(things: Iterable[SearchDocument]) -> None:
    """Let these things be found by their present words; what the index knew of them is replaced.

    Each row is inserted or replaced in one statement, in order: two transactions that index the same thing at one
    moment wait for each other there, and the index has the words of the later one.
    """
    rows = [_row(thing, language) for thing in things for language in LOCALES]
    if not rows:
        return
    statement = postgresql.insert(SearchEntry) if _is_postgresql() else sqlite.insert(SearchEntry)
    replaced = {name: statement.excluded[name] for name in ("slug", "title", "text", "stems")}
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["place", "thing_id", "language"], set_=replaced),
        sorted(rows, key=lambda row: (row["place"], row["thing_id"], row["language"])),
    )


def _row(thing: SearchDocument, language: str) -> dict[str, Any]:
    title, text = thing.title[language], thing.text[language]
    return {
        "place": thing.place,
        "thing_id": thing.thing_id,
        "language": language,
        "slug": thing.slug[language],
        "title": title,
        "text": text,
        "stems": " ".join([*_indexed(title, language)] * TITLE_COUNTS + [*_indexed(text, language)]),
    }


def forget(place: str, thing_id: int) -> None:
    """Let one thing be found no more."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.place == place, SearchEntry.thing_id == thing_id))


def index_application(application_id: int, text: str, language: str) -> None:
    """Let the team find an application by these words and no others."""
    db.session.merge(TeamEntry(application_id=application_id, stems=stems_of(text, language)))
    db.session.flush()


def stems_of(text: str, language: str) -> str:
    """The words of a text as an index holds them."""
    return " ".join(_indexed(text, language))


def remove_from_team_index(application_ids: list[int]) -> None:
    """Take these applications out of the team's index; FTS5 itself keeps deleted words until it is optimised."""
    gone = db.session.execute(delete(TeamEntry).where(TeamEntry.application_id.in_(application_ids)))
    if gone.rowcount and not _is_postgresql():  # type: ignore[attr-defined]  # a DELETE counts
        db.session.execute(insert(_team_fts).values(team_fts="optimize"))


def team_matches(typed: str) -> Select[int]:
    """The ids of the applications that hold every word, in whichever language; none for a text without words."""
    asked = _asked(typed, LOCALES)
    if _is_postgresql():
        vector = func.to_tsvector(_SIMPLE, TeamEntry.stems)
        return select(TeamEntry.application_id.label("id")).where(vector.op("@@")(_tsquery(asked)))
    return select(_team_fts.c.rowid.label("id")).where(_team_fts.c.team_fts.op("MATCH")(_fts_query(asked)))


def forget_all() -> None:
    """Empty the index, to fill it anew."""
    db.session.execute(delete(SearchEntry))


def how_many() -> int:
    """Entries in the index: one per thing and language."""
    return int(db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0)


def things(place: str, typed: str) -> Select[int]:
    """The ids of the things of one kind that hold every word, in whichever language; none for a text without words."""
    hits = _matching(_asked(typed, LOCALES)).subquery()
    return select(SearchEntry.thing_id).join(hits, hits.c.id == SearchEntry.id).where(SearchEntry.place == place)


def found(typed: str, language: str, *, limit: int, after: int = 0) -> tuple[list[Hit], int]:
    """(the best hits in this language behind the first `after`, how many there are in all): one statement."""
    asked = _asked(typed, (language,))
    if not asked:
        return [], 0
    hits = _matching(asked).subquery()
    wanted = (
        select(SearchEntry.place, SearchEntry.slug, SearchEntry.title, SearchEntry.text, func.count().over())
        .join(hits, hits.c.id == SearchEntry.id)
        .where(SearchEntry.language == language)
        .order_by(hits.c.rank, SearchEntry.title, SearchEntry.id)
    )
    rows = db.session.execute(wanted.limit(limit).offset(after)).all()
    return [Hit(*row[:4]) for row in rows], rows[0][4] if rows else 0


def has_words(typed: str) -> bool:
    """Is there anything in this text that can be looked for?"""
    return bool(_words(typed))


def names_one(typed: str) -> bool:
    """Does this text look like an address or a reference, of which there is one? Then the very one comes first."""
    return " " not in typed.strip() and bool(ONE.search(typed))


def excerpt(text: str, typed: str, language: str) -> list[tuple[str, bool]]:
    """The part of a text around the first word that was asked for, cut in pieces: (words, is this one of them)."""
    asked = _words(typed)
    stems = {stem(word, language) for word in asked}
    pieces = re.split(r"(\w+)", text)
    marks = [_answers(piece, asked, stems, language) for piece in pieces]
    first = marks.index(True) if True in marks else 0
    begin, end = _window([len(piece) for piece in pieces], first)
    cut = [("… ", False)] if begin else []
    cut += list(zip(pieces[begin:end], marks[begin:end], strict=True))
    return cut if end == len(pieces) else [*cut, (" …", False)]


def stem(word: str, language: str) -> str:
    """The part of a folded word that its forms have in common."""
    return _stem(word, language)


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    if not hasattr(_stemmers, language):  # one for each thread: they keep what they work on in themselves
        setattr(_stemmers, language, stemmer(ALGORITHMS[language]))
    return WORD.sub(lambda found: found[0], folded(getattr(_stemmers, language).stemWord(word))) or word


def _words(text: str) -> list[str]:
    """Folded words, each once, in order."""
    return list(dict.fromkeys(word for word in WORD.findall(folded(text)) if len(word) <= LONGEST_WORD))[:MOST_WORDS]


def _indexed(text: str, language: str) -> Iterator[str]:
    """Each word as it stands, so that its beginning finds it, and its stem, so that its other forms do."""
    for word in WORD.findall(folded(text)):
        if len(word) <= LONGEST_WORD:
            yield word
            if _stem(word, language) != word:
                yield _stem(word, language)


def _asked(typed: str, languages: Iterable[str]) -> list[tuple[set[str], str]]:
    """(stems, beginning) of each word: one of the stems stands there, or a word that begins so."""
    spoken = list(languages)
    return [
        ({word, *(_stem(word, language) for language in spoken)}, word if len(word) >= SHORTEST_BEGINNING else "")
        for word in _words(typed)
    ]


def _matching(asked: list[tuple[set[str], str]]) -> Select[Any]:
    """The entries that hold every word, with their rank: the lower, the better."""
    if _is_postgresql():
        query, vector = _tsquery(asked), func.to_tsvector(_SIMPLE, SearchEntry.stems)
        rank = -func.ts_rank(vector, query, 1)  # 1: long texts count less
        return select(SearchEntry.id, rank.label("rank")).where(vector.op("@@")(query))
    match = _fts.c.search_fts.op("MATCH")(_fts_query(asked))
    return select(_fts.c.rowid.label("id"), _fts.c.rank.label("rank")).where(match)


def _is_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"


def _tsquery(asked: list[tuple[set[str], str]]) -> Any:
    parts = [" | ".join([*sorted(stems), *([f"{begins}:*"] if begins else [])]) for stems, begins in asked]
    return func.to_tsquery(_SIMPLE, " & ".join(f"({part})" for part in parts))


def _fts_query(asked: list[tuple[set[str], str]]) -> str:
    parts = [
        " OR ".join([f'"{stem}"' for stem in sorted(stems)] + [f'"{begins}"*'] * bool(begins))
        for stems, begins in asked
    ]
    return " AND ".join(f"({part})" for part in parts) or '""'


def _answers(piece: str, asked: list[str], stems: set[str], language: str) -> bool:
    word = folded(piece)
    if not WORD.fullmatch(word):
        return False
    begins = any(word.startswith(one) for one in asked if len(one) >= SHORTEST_BEGINNING)
    return begins or word in asked or _stem(word, language) in stems


def _window(lengths: list[int], middle: int) -> tuple[int, int]:
    """The pieces around one of them, so many characters to each side."""
    begin, before = middle, 0
    while begin > 0 and before < AROUND:
        begin -= 1
        before += lengths[begin]
    end, after = middle, 0
    while end < len(lengths) and after < AROUND + (AROUND - min(before, AROUND)):
        after += lengths[end]
        end += 1
    return begin, end
