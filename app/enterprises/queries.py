"""The showcase as visitors see it: rows, not entities."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from app.core.bilingual import Bilingual
from app.core.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules import House, house_of
from app.enterprises.rules.filter import Filter, matches
from app.programmes.models import Programme


@dataclass(frozen=True)
class EnterpriseRow:
    """What a list shows of an enterprise."""

    slug: str
    name: str
    pitch: Bilingual
    legal_form: str
    sector: str
    municipality: str
    founded: int | None
    jobs: int | None
    featured: bool

    @property
    def house(self) -> House:
        """How it is drawn."""
        return house_of(self.slug, self.legal_form, self.sector, self.jobs)


ROW = (
    Enterprise.slug, Enterprise.name, Enterprise.pitch, Enterprise.legal_form, Enterprise.sector,
    Enterprise.municipality, Enterprise.founded, Enterprise.jobs, Enterprise.featured,
)  # fmt: skip


def everyone() -> list[EnterpriseRow]:
    """The whole street, in its order: one statement."""
    rows = db.session.execute(select(*ROW).order_by(Enterprise.position, Enterprise.slug))
    return [EnterpriseRow(*row) for row in rows]


def foremost(count: int) -> list[EnterpriseRow]:
    """The featured ones, then the others in the order of the street."""
    order = (Enterprise.featured.desc(), Enterprise.position, Enterprise.slug)
    return [EnterpriseRow(*row) for row in db.session.execute(select(*ROW).order_by(*order).limit(count))]


def counts(rows: list[EnterpriseRow], wanted: Filter) -> dict[str, Counter[str]]:
    """How many enterprises each further choice would give, per facet, the other choices kept."""
    found = {}
    for facet in ("sector", "legal_form", "municipality"):
        open_filter = wanted.without(facet)
        found[facet] = Counter(getattr(row, facet) for row in rows if matches(row, open_filter))
    return found


def enterprise(slug: str) -> tuple[Enterprise, Bilingual | None, Bilingual | None] | None:
    """One enterprise with the title and slug of the programme it followed, where that is known."""
    row = db.session.execute(
        select(Enterprise, Programme.title, Programme.slug)
        .outerjoin(Programme, Programme.id == Enterprise.programme_id)
        .where(Enterprise.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    followed = row[0].programme_id is not None
    return row[0], row[1] if followed else None, row[2] if followed else None


def neighbours(of: Enterprise, count: int) -> list[EnterpriseRow]:
    """Who stands beside it: the same sector first, then the same municipality, then whoever is near in the street."""
    nearness = (
        (Enterprise.sector == of.sector).desc(),
        and_(Enterprise.municipality == of.municipality, Enterprise.municipality != "").desc(),
        func.abs(Enterprise.position - of.position),
        Enterprise.slug,
    )
    rows = db.session.execute(select(*ROW).where(Enterprise.id != of.id).order_by(*nearness).limit(count))
    return [EnterpriseRow(*row) for row in rows]
