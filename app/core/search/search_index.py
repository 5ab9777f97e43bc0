"""Full-text search: one index, on SQLite's FTS5 and PostgreSQL's text search.

Stems are made in Python, so that both databases find the same. The databases only see words of a-z and 0-9, so nothing
a person types is an operator.
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

# snowballstemmer's `dutch` is another algorithm, which turns `begeleiding` (support) into `beleid` (policy).
ALGORITHMS = {"nl": "dutch_porter", "fr": "french"}
WORD = re.compile(r"[a-z0-9]+")
ONE = re.compile(r"@|^[A-Za-z]{2}\d{2}-\d+$")
LONGEST_WORD, MOST_WORDS = 40, 8
SHORTEST_BEGINNING = 3  # shorter words must match whole
TITLE_COUNTS = 4  # times the weight of the text
AROUND = 110  # characters of an excerpt before and after the first match

_SIMPLE: Any = literal_column("'simple'")
_stemmers = threading.local()
_fts = table("search_fts", column("rowid"), column("search_fts"), column("rank"))
_team_fts = table("team_fts", column("rowid"), column("team_fts"))


class SearchEntry(Model):
    """A thing in one language. `place` and `thing_id` identify it; `slug` is its address.

    Migration 0002 adds SQLite's FTS5 table and PostgreSQL's GIN index over `stems`, both named search_fts.
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
    """An application in the team's own index, separate from the public one.

    Migration 0004 adds SQLite's FTS5 table and PostgreSQL's GIN index over `stems`, both named team_fts.
    """

    __tablename__ = "team_entry"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    stems: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class SearchDocument:
    """A thing to be indexed."""

    place: str
    thing_id: int
    slug: Bilingual
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True)
class Hit:
    """A match, in the requested language."""

    place: str
    slug: str
    title: str
    text: str


def put(things: Iterable[SearchDocument]) -> None:
    """Index these things, replacing earlier entries.

    Each row is upserted in one statement, in order: concurrent updates of the same thing wait for each other, and the
    later one wins.
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
    """Remove a thing from the index."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.place == place, SearchEntry.thing_id == thing_id))


def index_application(application_id: int, text: str, language: str) -> None:
    """Index an application for the team by these words only."""
    db.session.merge(TeamEntry(application_id=application_id, stems=stems_of(text, language)))
    db.session.flush()


def stems_of(text: str, language: str) -> str:
    """The words of a text as the index stores them."""
    return " ".join(_indexed(text, language))


def remove_from_team_index(application_ids: list[int]) -> None:
    """Remove these applications from the team's index; FTS5 keeps deleted words until it is optimised."""
    gone = db.session.execute(delete(TeamEntry).where(TeamEntry.application_id.in_(application_ids)))
    if gone.rowcount and not _is_postgresql():  # type: ignore[attr-defined]  # a DELETE counts
        db.session.execute(insert(_team_fts).values(team_fts="optimize"))


def team_matches(typed: str) -> Select[int]:
    """The ids of the applications that contain every word, in any language; none for an empty query."""
    asked = _asked(typed, LOCALES)
    if _is_postgresql():
        vector = func.to_tsvector(_SIMPLE, TeamEntry.stems)
        return select(TeamEntry.application_id.label("id")).where(vector.op("@@")(_tsquery(asked)))
    return select(_team_fts.c.rowid.label("id")).where(_team_fts.c.team_fts.op("MATCH")(_fts_query(asked)))


def forget_all() -> None:
    """Empty the index before a rebuild."""
    db.session.execute(delete(SearchEntry))


def how_many() -> int:
    """The number of entries: one per thing and language."""
    return int(db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0)


def things(place: str, typed: str) -> Select[int]:
    """The ids of things of one kind that contain every word, in any language; none for an empty query."""
    hits = _matching(_asked(typed, LOCALES)).subquery()
    return select(SearchEntry.thing_id).join(hits, hits.c.id == SearchEntry.id).where(SearchEntry.place == place)


def found(typed: str, language: str, *, limit: int, after: int = 0) -> tuple[list[Hit], int]:
    """(best matches in this language after the first `after`, total number), in one statement."""
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
    """True when the text contains searchable words."""
    return bool(_words(typed))


def names_one(typed: str) -> bool:
    """True when the text looks like an address or a reference: its exact match comes first."""
    return " " not in typed.strip() and bool(ONE.search(typed))


def excerpt(text: str, typed: str, language: str) -> list[tuple[str, bool]]:
    """The text around the first match, in pieces: (words, is it a match)."""
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
    """The stem of a folded word."""
    return _stem(word, language)


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    if not hasattr(_stemmers, language):  # one per thread: stemmers keep state
        setattr(_stemmers, language, stemmer(ALGORITHMS[language]))
    return WORD.sub(lambda found: found[0], folded(getattr(_stemmers, language).stemWord(word))) or word


def _words(text: str) -> list[str]:
    """Folded words, each once, in order."""
    return list(dict.fromkeys(word for word in WORD.findall(folded(text)) if len(word) <= LONGEST_WORD))[:MOST_WORDS]


def _indexed(text: str, language: str) -> Iterator[str]:
    """Each word itself, for prefix search, and its stem, for other forms."""
    for word in WORD.findall(folded(text)):
        if len(word) <= LONGEST_WORD:
            yield word
            if _stem(word, language) != word:
                yield _stem(word, language)


def _asked(typed: str, languages: Iterable[str]) -> list[tuple[set[str], str]]:
    """(stems, prefix) of each word: one of the stems matches, or a word with this prefix."""
    spoken = list(languages)
    return [
        ({word, *(_stem(word, language) for language in spoken)}, word if len(word) >= SHORTEST_BEGINNING else "")
        for word in _words(typed)
    ]


def _matching(asked: list[tuple[set[str], str]]) -> Select[Any]:
    """The entries that contain every word, with their rank: lower is better."""
    if _is_postgresql():
        query, vector = _tsquery(asked), func.to_tsvector(_SIMPLE, SearchEntry.stems)
        rank = -func.ts_rank(vector, query, 1)  # 1: divide the rank by the length of the text
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
    """The pieces around one of them, up to so many characters on each side."""
    begin, before = middle, 0
    while begin > 0 and before < AROUND:
        begin -= 1
        before += lengths[begin]
    end, after = middle, 0
    while end < len(lengths) and after < AROUND + (AROUND - min(before, AROUND)):
        after += lengths[end]
        end += 1
    return begin, end
