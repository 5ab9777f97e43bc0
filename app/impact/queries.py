"""Queries about public figures."""

from collections import Counter
from typing import Any

from sqlalchemy import Text, cast, func, literal, select, union_all

from app.core.db.base import db
from app.core.search import search_index
from app.core.text import markdown
from app.enterprises.models import Enterprise
from app.impact.models import Indicator


def indicators() -> list[Indicator]:
    """Every indicator in its order with its values, in two statements."""
    return list(db.session.scalars(select(Indicator).order_by(Indicator.position)))


def indicator(locale: str, slug: str) -> Indicator | None:
    """The indicator at this slug in this language."""
    return db.session.scalar(select(Indicator).where(getattr(Indicator, f"slug_{locale}") == slug))


def street() -> dict[str, Counter[str]]:
    """Enterprises of the showcase per sector, legal form, municipality and year, in one statement.

    Fabricated ones are left out.
    """
    parts = []
    for name in ("sector", "legal_form", "municipality", "founded"):
        code = cast(getattr(Enterprise, name), Text)
        columns: list[Any] = [literal(name), func.coalesce(code, ""), func.count()]
        parts.append(select(*columns).where(Enterprise.is_rehearsal.is_(False)).group_by(code))
    found: dict[str, Counter[str]] = {}
    for name, code, count in db.session.execute(union_all(*parts)):
        found.setdefault(name, Counter())[code] += count
    return found


def search_documents() -> list[search_index.SearchDocument]:
    """Every indicator as a document of the search index."""
    return [
        search_index.SearchDocument(
            "indicator", one.id, one.slug, one.name, markdown.joined(one.definition, one.unit, one.how_counted)
        )
        for one in db.session.scalars(select(Indicator))
    ]
