"""Queries of the API. Fabricated rows are left out."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_, union_all

from app.content.models import Article
from app.core.db.base import db
from app.enterprises.models import Enterprise
from app.events import queries as agenda
from app.events.models import Event
from app.events.rules import Occupancy
from app.impact.models import Indicator
from app.programmes.models import Call, Programme


def calls() -> list[Any]:
    """Every call with its programme, by opening date."""
    wanted = select(Call, Programme.key, Programme.slug).join(Programme, Programme.id == Call.programme_id)
    public = wanted.where(Call.published_at.is_not(None), Programme.published_at.is_not(None))
    return list(db.session.execute(public.order_by(Call.opens_at, Call.id)))


def enterprises(*, sector: str, legal_form: str, municipality: str, after: str, limit: int) -> list[Any]:
    """The next enterprises with the key of their programme, in showcase order."""
    conditions = [
        column == value
        for column, value in (
            (Enterprise.sector, sector),
            (Enterprise.legal_form, legal_form),
            (Enterprise.municipality, municipality),
        )
        if value
    ]
    if after:
        position = select(Enterprise.position, Enterprise.slug).where(Enterprise.slug == after).scalar_subquery()
        conditions.append(tuple_(Enterprise.position, Enterprise.slug) > position)
    wanted = _enterprises().where(*conditions).order_by(Enterprise.position, Enterprise.slug)
    return list(db.session.execute(wanted.limit(limit) if limit else wanted))


def enterprise(slug: str) -> Any:
    """An enterprise with the key of its programme."""
    return db.session.execute(_enterprises().where(Enterprise.slug == slug)).one_or_none()


def events(when: str, at: datetime, *, after: str, limit: int) -> list[tuple[Event, Occupancy]]:
    """The next events with their places: upcoming ones soonest first, past ones latest first, or all."""
    order: list[Any] = [Event.starts_at, Event.id]
    conditions: list[Any] = [Event.is_rehearsal.is_(False)]
    if when:
        conditions.append(Event.ends_at > at if when == "upcoming" else Event.ends_at <= at)
    if after:
        position = select(Event.starts_at, Event.id).where(Event.key == after).scalar_subquery()
        here = tuple_(Event.starts_at, Event.id)
        conditions.append(here < position if when == "past" else here > position)
    order = [one.desc() for one in order] if when == "past" else order
    wanted = select(Event, *agenda.OCCUPANCY).where(*conditions).order_by(*order)
    rows = db.session.execute(wanted.limit(limit) if limit else wanted)
    return [(found, agenda.occupancy_at(at, *occupancy)) for found, *occupancy in rows]


def news(*, after: str, limit: int) -> list[Article]:
    """The next articles, newest first."""
    wanted = select(Article).order_by(Article.published_on.desc(), Article.id.desc())
    if after:
        position = select(Article.published_on, Article.id).where(Article.key == after).scalar_subquery()
        wanted = wanted.where(tuple_(Article.published_on, Article.id) < position)
    return list(db.session.scalars(wanted.limit(limit) if limit else wanted))


def exists(collection: str, key: str) -> bool:
    """True when the paging key exists."""
    column = {"enterprises": Enterprise.slug, "news": Article.key}.get(collection, Event.key)
    return db.session.scalar(select(column).where(column == key)) is not None


def how_many() -> dict[str, int]:
    """The number of rows per collection, in one statement."""
    public = {
        "enterprises": Enterprise.is_rehearsal.is_(False),
        "events": Event.is_rehearsal.is_(False),
        "programmes": Programme.published_at.is_not(None),
        "calls": Call.published_at.is_not(None),
    }
    tables: dict[str, Any] = {
        "programmes": Programme,
        "calls": Call,
        "enterprises": Enterprise,
        "events": Event,
        "news": Article,
        "indicators": Indicator,
    }
    parts = []
    for name, table in tables.items():
        columns: list[Any] = [literal(name), func.count()]
        counted = select(*columns).select_from(table)
        parts.append(counted.where(public[name]) if name in public else counted)
    return {row[0]: row[1] for row in db.session.execute(union_all(*parts))}


def _enterprises() -> Select[Any]:
    columns: list[Any] = [Enterprise, Programme.key]
    return (
        select(*columns)
        .outerjoin(Programme, Programme.id == Enterprise.programme_id)
        .where(Enterprise.is_rehearsal.is_(False))
    )
