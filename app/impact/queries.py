"""Public figures."""

from sqlalchemy import select

from app.core import search, text
from app.core.db import db
from app.impact.models import Indicator


def indicators() -> list[Indicator]:
    """Every indicator in its order, with its values: two statements."""
    return list(db.session.scalars(select(Indicator).order_by(Indicator.position)))


def indicator(locale: str, slug: str) -> Indicator | None:
    """The indicator at this address in this language."""
    return db.session.scalar(select(Indicator).where(getattr(Indicator, f"slug_{locale}") == slug))


def findable() -> list[search.Findable]:
    """Every figure as the search index takes it."""
    return [
        search.Findable("indicator", one.id, one.slug, one.name, text.joined(one.definition, one.unit, one.how_counted))
        for one in db.session.scalars(select(Indicator))
    ]
