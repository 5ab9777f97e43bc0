"""The team's list of applications: filters, one page, and the data of its rows.

Rehearsals are shown only when asked for; applications hidden from the viewer are never in the list.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal, or_, select, tuple_, union_all

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework.models import SavedView, Tag, TaggedApplication
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.programmes.models import Call, Programme
from app.reviewers.models import Assignment, Reviewer

PAGE_SIZE = 50
MOST_TOGETHER = 200
REAL = Application.is_rehearsal.is_(False)
HANDED_IN = Application.submitted_at.is_not(None)


@dataclass(frozen=True)
class Filter:
    """A filter of the list for `viewer`; empty fields filter nothing."""

    viewer: int
    text: str = ""
    state: str = ""
    language: str = ""
    call: str = ""
    municipality: str = ""
    tag: int = 0
    reviewer: int = 0
    oldest: bool = False
    rehearsal: bool = False
    after: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class View:
    """A saved filter; `query` is the query string."""

    id: int
    name: str
    query: str
    is_mine: bool


@dataclass(frozen=True)
class Choices:
    """The options of each filter, and the saved views."""

    calls: list[tuple[str, Bilingual]]
    tags: list[tuple[int, str]]
    reviewers: list[tuple[int, str]]
    views: list[View]


def list_page(wanted: Filter) -> tuple[list[Any], bool]:
    """(one page of submitted applications, is there another page?), as rows, newest first by default.

    Keyset paging: the last page of 100,000 costs as much as the first. Search results come in the order in which
    applications were started, so that the index scan can stop at the end of the page.
    """
    query: Select[*tuple[Any, ...]] = (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.municipality,
            Application.language,
            Application.state,
            Application.submitted_at,
            Person.name.label("person_name"),
            Programme.title.label("programme_title"),
        )
        .join(Application.person)
        .join(Application.call)
        .join(Call.programme)
        .where(*_conditions(wanted))
        .limit(PAGE_SIZE + 1)
    )
    rows = list(db.session.execute(_in_order(query, wanted)))
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def everything(wanted: Filter) -> Select[int]:
    """The ids of all applications that match, in list order; for exports."""
    return _in_order(select(Application.id).where(*_conditions(wanted)), wanted)


def those(keys: list[Any], viewer: int) -> Select[int]:
    """The ids of these applications (by key or id) that the viewer may see."""
    known = Application.key.in_([key for key in keys[:MOST_TOGETHER] if isinstance(key, str)])
    ids = Application.id.in_([key for key in keys if isinstance(key, int)])
    return select(Application.id).where(known | ids, HANDED_IN, open_to(viewer)).order_by(Application.reference)


def chosen(keys: list[str], viewer: int) -> list[Application]:
    """These applications, as far as they were submitted and the viewer may see them; at most 200."""
    wanted = select(Application).where(Application.key.in_(keys[:MOST_TOGETHER]), HANDED_IN, open_to(viewer))
    return list(db.session.scalars(wanted.order_by(Application.reference, Application.id)))


def next_to_check(call_id: int, viewer: int) -> str | None:
    """The key of the application that waits longest for its admissibility check."""
    waiting = (Application.call_id == call_id, Application.state == State.SUBMITTED, REAL, open_to(viewer))
    return db.session.scalar(
        select(Application.key).where(*waiting).order_by(Application.submitted_at, Application.id).limit(1)
    )


def how_many_by_state(viewer: int, call: str = "") -> dict[State, int]:
    """Applications per state, of one call or of all; discarded drafts do not count."""
    query = select(Application.state, func.count()).where(
        REAL, open_to(viewer), or_(HANDED_IN, Application.state == State.DRAFT)
    )
    if call:
        query = query.where(Application.call_id == _call_id(call))
    return {State(state): count for state, count in db.session.execute(query.group_by(Application.state))}


def choices(viewer: int) -> Choices:
    """Calls (newest first), tags, reviewers and saved views that this colleague may see, in one statement."""
    mine, call = literal(0), Call.__table__.c
    titles = [call[f"title_{code}"].label(f"words_{code}") for code in LOCALES]
    calls = select(
        literal("call").label("kind"),
        call.id.label("id"),
        call.key.label("key"),
        mine.label("owner"),
        cast(call.opens_at, Text).label("sort"),
        *titles,
    )
    hung = select(TaggedApplication.tag_id).join(Application).where(open_to(viewer))
    tags = select(literal("tag"), Tag.id, literal(""), mine, func.lower(Tag.name), *_in_each_language(Tag.name)).where(
        Tag.id.in_(hung)
    )
    people = select(
        literal("reviewer"), Person.id, literal(""), mine, Person.name, *_in_each_language(Person.name)
    ).where(Person.id.in_(select(Reviewer.person_id)))
    owner, name = func.coalesce(func.nullif(SavedView.person_id, viewer), 0), SavedView.name
    kept = select(
        literal("view"), SavedView.id, SavedView.query, owner, func.lower(name), *_in_each_language(name)
    ).where(or_(SavedView.person_id == viewer, SavedView.is_shared))
    rows = db.session.execute(union_all(calls, tags, people, kept)).all()
    of: dict[str, list[Any]] = {"call": [], "tag": [], "reviewer": [], "view": []}
    for row in sorted(rows, key=lambda row: row.sort):
        of[row.kind].append(row)
    return Choices(
        calls=[(row.key, Bilingual(*row[5:])) for row in reversed(of["call"])],
        tags=[(row.id, row[5]) for row in of["tag"]],
        reviewers=[(row.id, row[5]) for row in of["reviewer"]],
        views=[View(row.id, row[5], row.key, is_mine=not row.owner) for row in of["view"]],
    )


def _in_each_language(name: Any) -> list[Any]:
    """A name that is the same in every language."""
    return [name] * len(LOCALES)


def tags_of(application_ids: list[int]) -> dict[int, list[tuple[int, str]]]:
    """(id, name) of the tags of each application."""
    rows = db.session.execute(
        select(TaggedApplication.application_id, Tag.id, Tag.name)
        .join(Tag, Tag.id == TaggedApplication.tag_id)
        .where(TaggedApplication.application_id.in_(application_ids))
        .order_by(func.lower(Tag.name), Tag.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for application_id, tag_id, name in rows:
        found.setdefault(application_id, []).append((tag_id, name))
    return found


def _in_order(query: Select[Any], wanted: Filter) -> Any:
    if search_index.has_words(wanted.text):
        hits = search_index.team_matches(wanted.text).subquery()
        query = query.join(hits, hits.c.id == Application.id)
        if search_index.names_one(wanted.text):
            return _exact_first(query, wanted)
        query = query.order_by(hits.c.id.desc())
        return query.where(hits.c.id < wanted.after[1]) if wanted.after else query
    place = tuple_(Application.submitted_at, Application.id)
    if wanted.oldest:
        query = query.order_by(Application.submitted_at, Application.id)
        return query.where(place > wanted.after) if wanted.after else query
    query = query.order_by(Application.submitted_at.desc(), Application.id.desc())
    return query.where(place < wanted.after) if wanted.after else query


def _exact_first(query: Select[Any], wanted: Filter) -> Select[Any]:
    """Exact matches of an address or reference first, then full-text matches."""
    owners = select(Person.id).where(Person.email == wanted.text.lower())
    exact = or_(Application.reference == wanted.text.upper(), Application.person_id.in_(owners))
    is_exact = case((exact, 1), else_=0)
    query = query.order_by(is_exact.desc(), Application.id.desc())
    if not wanted.after:
        return query
    last = db.session.scalar(select(is_exact).where(Application.id == wanted.after[1])) or 0
    return query.where(tuple_(is_exact, Application.id) < (last, wanted.after[1]))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [HANDED_IN, Application.is_rehearsal.is_(wanted.rehearsal), open_to(wanted.viewer)]
    if wanted.text and not search_index.has_words(wanted.text):
        conditions.append(Application.id.is_(None))
    for column, value in (
        (Application.state, wanted.state),
        (Application.language, wanted.language),
        (Application.municipality, wanted.municipality),
    ):
        if value:
            conditions.append(column == value)
    if wanted.call:
        conditions.append(Application.call_id == _call_id(wanted.call))
    if wanted.tag:
        tagged = select(TaggedApplication.application_id).where(TaggedApplication.tag_id == wanted.tag)
        conditions.append(Application.id.in_(tagged))
    if wanted.reviewer:
        reads = select(Assignment.application_id).join(Assignment.reviewer).where(Reviewer.person_id == wanted.reviewer)
        conditions.append(Application.id.in_(reads))
    return conditions


def _call_id(key: str) -> Any:
    return select(Call.id).where(Call.key == key).scalar_subquery()
