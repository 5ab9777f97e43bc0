"""Public figures."""

from sqlalchemy import select

from app.core.db import db
from app.impact.models import Indicator


def indicators() -> list[Indicator]:
    """Every indicator in its order, with its values: two statements."""
    return list(db.session.scalars(select(Indicator).order_by(Indicator.position)))


def indicator(locale: str, slug: str) -> Indicator | None:
    """The indicator at this address in this language."""
    return db.session.scalar(select(Indicator).where(getattr(Indicator, f"slug_{locale}") == slug))
