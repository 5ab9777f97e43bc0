"""Queries of the showcase; rows, not entities."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, literal, or_, select, tuple_, union_all

from app.core.belgium.lists import LEGAL_FORMS, SECTORS, municipality_name
from app.core.db.base import db
from app.core.drawings.facade import House
from app.core.drawings.house import house_of
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.core.text import markdown
from app.enterprises.models import Enterprise
from app.enterprises.rules.filter import FIRST_YEAR, YEARS, Filter, years_of
from app.programmes.models import Programme

FACETS = ("sector", "legal_form", "period", "programme", "municipality")


@dataclass(frozen=True)
class EnterpriseRow:
    """An enterprise in a list."""

    slug: str
    name: str
    pitch: Bilingual
    legal_form: str
    sector: str
    municipality: str
    founded: int | None
    jobs: int | None
    featured: bool
    is_rehearsal: bool

    @property
    def house(self) -> House:
        """Its drawing."""
        return house_of(self.slug, self.legal_form, self.sector, self.jobs, self.founded)


@dataclass
class Counts:
    """Totals: all, with this filter, before this page, per further choice, and without one choice."""

    total: int = 0
    found: int = 0
    before: int = 0
    facets: dict[str, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in FACETS})
    less: Counter[tuple[str, str]] = field(default_factory=Counter)
    programmes: dict[str, Bilingual] = field(default_factory=dict)


ROW: tuple[Any, ...] = (
    Enterprise.slug,
    Enterprise.name,
    Enterprise.pitch,
    Enterprise.legal_form,
    Enterprise.sector,
    Enterprise.municipality,
    Enterprise.founded,
    Enterprise.jobs,
    Enterprise.featured,
    Enterprise.is_rehearsal,
)
# The period as a code; integer division is the same on both databases.
PERIOD = case(
    (Enterprise.founded.is_(None), ""),
    (Enterprise.founded < FIRST_YEAR, "0"),
    else_=cast(FIRST_YEAR + (Enterprise.founded - FIRST_YEAR) // YEARS * YEARS, Text),
)
COLUMNS = {
    "sector": Enterprise.sector,
    "legal_form": Enterprise.legal_form,
    "municipality": Enterprise.municipality,
    "period": PERIOD,
    "programme": Programme.key,
}
NO_TITLE: list[Any] = [literal("")] * len(LOCALES)
# Each order ends with the slug, so that it is total.
KEYS: dict[str, tuple[Any, ...]] = {
    "place": (Enterprise.position, Enterprise.slug),
    "name": (Enterprise.sort_name, Enterprise.slug),
    "year": (-func.coalesce(Enterprise.founded, 0), Enterprise.sort_name, Enterprise.slug),
}


def walk(wanted: Filter, order: str, *, after: str, limit: int) -> list[EnterpriseRow]:
    """The next enterprises after the one with this slug; from the start when there is no such slug."""
    rows = select(*ROW).where(_fits(wanted), _behind(order, after)).order_by(*KEYS[order]).limit(limit)
    return [EnterpriseRow(*row) for row in db.session.execute(rows)]


def counts(wanted: Filter, order: str, *, after: str) -> Counts:
    """Every number that the showcase shows, in one statement."""
    parts = [
        _count("total", "", []),
        _count("found", "", [_fits(wanted)]),
        _count("before", "", [_fits(wanted), ~_behind(order, after)]),
        *(_count(f"less {facet}", code, [_fits(wanted.less(facet, code))]) for facet, code in wanted.choices()),
        *(_count_each(facet, _fits(wanted.without(facet))) for facet in FACETS),
    ]
    made = Counts()
    for kind, code, count, *title in db.session.execute(union_all(*parts)):
        if kind in FACETS:
            made.facets[kind][code or ""] = count
            if kind == "programme" and code:
                made.programmes[code] = Bilingual(*title)
        elif kind.startswith("less "):
            made.less[kind.removeprefix("less "), code] = count
        else:
            setattr(made, kind, count)
    return made


def foremost(count: int) -> list[EnterpriseRow]:
    """Featured enterprises first, then showcase order."""
    order = (Enterprise.featured.desc(), Enterprise.position, Enterprise.slug)
    return [EnterpriseRow(*row) for row in db.session.execute(select(*ROW).order_by(*order).limit(count))]


def enterprise(slug: str) -> tuple[Enterprise, Bilingual | None, Bilingual | None] | None:
    """An enterprise with title and slug of its programme, where known."""
    row = db.session.execute(
        select(Enterprise, Programme.title, Programme.slug)
        .outerjoin(Programme, and_(Programme.id == Enterprise.programme_id, Programme.published_at.is_not(None)))
        .where(Enterprise.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    followed = row[0].programme_id is not None
    return row[0], row[1] if followed else None, row[2] if followed else None


def houses(slugs: Collection[str]) -> dict[str, House]:
    """The drawings of these enterprises, by slug."""
    rows = select(*ROW).where(Enterprise.slug.in_(slugs)).order_by(Enterprise.slug)
    return {row.slug: EnterpriseRow(*row).house for row in db.session.execute(rows)}


def neighbours(of: Enterprise, count: int) -> list[EnterpriseRow]:
    """Similar enterprises: same sector first, then same municipality, then nearest in showcase order."""
    nearness = (
        (Enterprise.sector == of.sector).desc(),
        and_(Enterprise.municipality == of.municipality, Enterprise.municipality != "").desc(),
        func.abs(Enterprise.position - of.position),
        Enterprise.slug,
    )
    rows = db.session.execute(select(*ROW).where(Enterprise.id != of.id).order_by(*nearness).limit(count))
    return [EnterpriseRow(*row) for row in rows]


def search_documents(enterprises: Iterable[Enterprise] | None = None) -> list[search_index.SearchDocument]:
    """These enterprises, or all, as documents of the search index, with the names of sector, form and municipality."""
    chosen = db.session.scalars(select(Enterprise)) if enterprises is None else enterprises
    return [
        search_index.SearchDocument("enterprise", one.id, Bilingual.of(one.slug), Bilingual.of(one.name), _words(one))
        for one in chosen
    ]


def _words(one: Enterprise) -> Bilingual:
    names: list[Any] = [
        entries[code]
        for entries, code in ((SECTORS, one.sector), (LEGAL_FORMS, one.legal_form))
        if code in entries and code != "unknown"
    ]
    place = Bilingual.of({code: municipality_name(one.municipality, code) for code in LOCALES})
    return markdown.joined(one.pitch, one.story, *(entry.name for entry in names), place, one.place)


def _fits(wanted: Filter) -> ColumnElement[bool]:
    """The condition of a filter."""
    conditions: list[Any] = [Enterprise.id.is_not(None)]
    if wanted.text:
        conditions.append(Enterprise.id.in_(search_index.things("enterprise", wanted.text)))
    if wanted.sector:
        conditions.append(Enterprise.sector.in_(wanted.sector))
    if wanted.legal_form:
        conditions.append(Enterprise.legal_form.in_(wanted.legal_form))
    if wanted.municipality:
        conditions.append(Enterprise.municipality == wanted.municipality)
    if wanted.period:
        conditions.append(or_(*(_founded_in(code) for code in sorted(wanted.period))))
    if wanted.programme:
        followed = select(Programme.id).where(Programme.key.in_(wanted.programme))
        conditions.append(Enterprise.programme_id.in_(followed))
    return and_(*conditions)


def _founded_in(code: str) -> ColumnElement[bool]:
    first, last = years_of(code)
    return and_(Enterprise.founded <= last, Enterprise.founded >= first if first else Enterprise.founded.is_not(None))


def _behind(order: str, slug: str) -> ColumnElement[bool]:
    """Condition: after the one with this slug; true for all when nobody has that slug."""
    if not slug:
        return Enterprise.id.is_not(None)
    there = select(*KEYS[order]).where(Enterprise.slug == slug)
    is_gone = ~select(Enterprise.id).where(Enterprise.slug == slug).exists()
    return or_(is_gone, tuple_(*KEYS[order]) > there.scalar_subquery())


def _count(kind: str, code: str, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    columns: list[Any] = [literal(kind), literal(code), func.count(), *NO_TITLE]
    return select(*columns).select_from(Enterprise).where(*conditions)


def _count_each(facet: str, condition: ColumnElement[bool]) -> Select[Any]:
    of_programmes = facet == "programme"
    titles = [func.min(one) for one in Programme.title.property.columns] if of_programmes else NO_TITLE
    columns: list[Any] = [literal(facet), COLUMNS[facet], func.count(), *titles]
    counted = select(*columns).select_from(Enterprise).where(condition).group_by(COLUMNS[facet])
    return counted.join(Programme, Programme.id == Enterprise.programme_id) if of_programmes else counted
