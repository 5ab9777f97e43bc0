"""Full-text search: one index, on SQLite's FTS5 and PostgreSQL's text search.

Stems are made in Python, so that both databases find the same. The databases only see words of a-z and 0-9, so nothing
a person types is an operator.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
from app.core.search import spelling, synonyms
from app.core.search.words import WORD, Alternative, Group, Part, asked, indexed, words_of
from app.core.text.cleaning import clean, folded

ONE = re.compile(r"@|^[A-Za-z]{2}\d{2}-\d+$")
LONGEST_WORD, MOST_WORDS = 40, 8
SHORTEST_BEGINNING = 3  # shorter words must match whole
TITLE_COUNTS = 4  # times the weight of the text
AROUND = 110  # characters of an excerpt before and after the first match

_SIMPLE: Any = literal_column("'simple'")
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
    spelling.learn((row["language"], f"{row['title']} {row['text']}") for row in rows)


def _row(thing: SearchDocument, language: str) -> dict[str, Any]:
    title, text = thing.title[language], thing.text[language]
    return {
        "place": thing.place,
        "thing_id": thing.thing_id,
        "language": language,
        "slug": thing.slug[language],
        "title": title,
        "text": text,
        "stems": " ".join([*indexed(title, language)] * TITLE_COUNTS + [*indexed(text, language)]),
    }


def forget(place: str, thing_id: int) -> None:
    """Remove a thing from the index."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.place == place, SearchEntry.thing_id == thing_id))


def forget_kind(place: str) -> None:
    """Remove every thing of one kind from the index."""
    db.session.execute(delete(SearchEntry).where(SearchEntry.place == place))


def index_application(application_id: int, text: str, language: str) -> None:
    """Index an application for the team by these words only."""
    db.session.merge(TeamEntry(application_id=application_id, stems=stems_of(text, language)))
    db.session.flush()


def stems_of(text: str, language: str) -> str:
    """The words of a text as the index stores them."""
    return " ".join(indexed(text, language))


def remove_from_team_index(application_ids: list[int]) -> None:
    """Remove these applications from the team's index; FTS5 keeps deleted words until it is optimised."""
    gone = db.session.execute(delete(TeamEntry).where(TeamEntry.application_id.in_(application_ids)))
    if gone.rowcount and not _is_postgresql():  # type: ignore[attr-defined]  # a DELETE counts
        db.session.execute(insert(_team_fts).values(team_fts="optimize"))


def team_matches(typed: str) -> Select[int]:
    """The ids of the applications that contain every word, in any language; none for an empty query."""
    groups = asked(typed, LOCALES)
    if _is_postgresql():
        vector = func.to_tsvector(_SIMPLE, TeamEntry.stems)
        return select(TeamEntry.application_id.label("id")).where(vector.op("@@")(_tsquery(groups)))
    return select(_team_fts.c.rowid.label("id")).where(_team_fts.c.team_fts.op("MATCH")(_fts_query(groups)))


def forget_all() -> None:
    """Empty the index before a rebuild."""
    db.session.execute(delete(SearchEntry))
    spelling.forget_words()


def how_many() -> int:
    """The number of entries: one per thing and language."""
    return int(db.session.scalar(select(func.count()).select_from(SearchEntry)) or 0)


def things(place: str, typed: str) -> Select[int]:
    """The ids of things of one kind that contain every word, in any language; none for an empty query."""
    hits = _matching(asked(typed, LOCALES)).subquery()
    return select(SearchEntry.thing_id).join(hits, hits.c.id == SearchEntry.id).where(SearchEntry.place == place)


@dataclass(frozen=True)
class Found:
    """What a search brings: the hits of one page of results, how many there are in all, and how they were found.

    `corrected`: the text that was looked for where what was typed finds nothing. `partly`: each hit holds only some
    of the words. `parts`: the words that hits may hold, to mark them.
    """

    hits: list[Hit]
    total: int
    corrected: str = ""
    partly: bool = False
    parts: tuple[Part, ...] = ()


def literal(typed: str, language: str, *, limit: int) -> Found:
    """The best hits that hold all the words as they are typed: one statement, for addresses that robots try."""
    groups = asked(typed, (language,))
    hits, total = _page(groups, [], language, limit, 0) if groups else ([], 0)
    return Found(hits, total, parts=_parts(groups))


def found(typed: str, language: str, *, limit: int, after: int = 0) -> Found:
    """The best hits in this language behind the first `after`.

    Two statements where an entry holds all the words, or words that mean the same. Up to five where none does: then
    entries that hold the words that were probably meant, or else some of them.
    """
    known = synonyms.of_language(language)
    groups = asked(typed, (language,), known)
    if not groups:
        return Found([], 0)
    names = _names(typed, known)
    hits, total = _page(groups, names, language, limit, after)
    if total:
        return Found(hits, total, parts=_parts(groups))
    meant = _as_meant(typed, language)
    if meant:
        groups = asked(meant, (language,), known)
        hits, total = _page(groups, names, language, limit, after)
    partly = not total and len(groups) > 1
    if partly:
        together: Group = tuple(alternative for group in groups for alternative in group)
        hits, total = _page([together], names, language, limit, after)
    return Found(hits, total, meant if total else "", partly=partly and bool(total), parts=_parts(groups))


def _page(groups: list[Group], names: list[str], language: str, limit: int, after: int) -> tuple[list[Hit], int]:
    """The thing that is called so comes first, then the best by rank."""
    hits = _matching(groups).subquery()
    is_called_so = SearchEntry.title.in_(names)
    wanted = (
        select(SearchEntry.place, SearchEntry.slug, SearchEntry.title, SearchEntry.text, func.count().over())
        .join(hits, hits.c.id == SearchEntry.id)
        .where(SearchEntry.language == language)
        .order_by(is_called_so.desc(), hits.c.rank, SearchEntry.title, SearchEntry.id)
    )
    rows = db.session.execute(wanted.limit(limit).offset(after)).all()
    return [Hit(*row[:4]) for row in rows], rows[0][4] if rows else 0


def _names(typed: str, known: Mapping[str, list[str]]) -> list[str]:
    """How a thing may be called that was typed as a whole: titles begin with a capital."""
    said = [clean(typed), *known.get(" ".join(words_of(typed)), [])]
    return [spelt for one in said for spelt in (one, one[:1].upper() + one[1:], one.title())]


def _as_meant(typed: str, language: str) -> str:
    """The text with its typing errors mended, or nothing where none was found."""
    fixed = spelling.corrected(words_of(typed), language)
    return spelling.WRITTEN.sub(lambda word: fixed.get(folded(word[0]), word[0]), typed) if fixed else ""


def _parts(groups: list[Group]) -> tuple[Part, ...]:
    return tuple(part for group in groups for alternative in group for part in alternative)


def has_words(typed: str) -> bool:
    """True when the text contains searchable words."""
    return bool(words_of(typed))


def names_one(typed: str) -> bool:
    """True when the text looks like an address or a reference: its exact match comes first."""
    return " " not in typed.strip() and bool(ONE.search(typed))


def excerpt(text: str, parts: Iterable[Part], language: str) -> list[tuple[str, bool]]:
    """The part of a text around the first word that was asked for, cut in pieces: (words, is this one of them)."""
    wanted = list(parts)
    pieces = re.split(r"(\w+)", text)
    marks = [_answers(piece, wanted, language) for piece in pieces]
    first = marks.index(True) if True in marks else 0
    begin, end = _window([len(piece) for piece in pieces], first)
    while 0 < begin < first and not pieces[begin][:1].isalnum():
        begin += 1  # begin with a word, not with the sign after one
    cut = [("… ", False)] if begin else []
    cut += list(zip(pieces[begin:end], marks[begin:end], strict=True))
    return cut if end == len(pieces) else [*cut, (" …", False)]


def _matching(groups: list[Group]) -> Select[Any]:
    """The entries that answer every group, with their rank: the lower, the better."""
    if _is_postgresql():
        query, vector = _tsquery(groups), func.to_tsvector(_SIMPLE, SearchEntry.stems)
        rank = -func.ts_rank(vector, query, 2)  # 2: a word counts by its share of the text
        return select(SearchEntry.id, rank.label("rank")).where(vector.op("@@")(query))
    match = _fts.c.search_fts.op("MATCH")(_fts_query(groups))
    return select(_fts.c.rowid.label("id"), _fts.c.rank.label("rank")).where(match)


def _is_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"


def _tsquery(groups: list[Group]) -> Any:
    def part(one: Part) -> str:
        return " | ".join([*sorted(one.stems), *([f"{one.beginning}:*"] if one.beginning else [])])

    return func.to_tsquery(_SIMPLE, _query(groups, part, " & ", " | "))


def _fts_query(groups: list[Group]) -> str:
    def part(one: Part) -> str:
        return " OR ".join([f'"{stem}"' for stem in sorted(one.stems)] + [f'"{one.beginning}"*'] * bool(one.beginning))

    return _query(groups, part, " AND ", " OR ") or '""'


def _query(groups: list[Group], part: Callable[[Part], str], all_of: str, one_of: str) -> str:
    def alternative(parts: Alternative) -> str:
        return f"({all_of.join(f'({part(one)})' for one in parts)})"

    return all_of.join(f"({one_of.join(alternative(one) for one in group)})" for group in groups)


def _answers(piece: str, parts: list[Part], language: str) -> bool:
    word = folded(piece)
    return bool(WORD.fullmatch(word)) and any(part.answers(word, language) for part in parts)


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
