"""Stale translations: one language of a text changed and nobody has checked the other since.

Saving both sides at once counts as checked. The publish gate refuses while a mark exists.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime, db
from app.core.db.unique import get_or_create
from app.core.i18n.bilingual import LOCALES, Bilingual


class StaleTranslation(Model):
    """The `language` side of a text is older than the other one. `about` is a reference such as `call:3`."""

    __tablename__ = "stale_translation"

    about: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UTCDateTime)


def note(
    about: str,
    before: Mapping[str, Bilingual],
    after: Mapping[str, Bilingual],
    *,
    confirmed: Iterable[str] = (),
    at: datetime,
) -> None:
    """Compare two states of a thing's texts by place, and mark stale sides.

    `confirmed`: places whose other side was confirmed as still right.
    """
    said = set(confirmed)
    for place, now in after.items():
        side = stale_side(before.get(place), now)
        if side is None and before.get(place) == now and place not in said:
            continue
        _remove(about, [place])
        if side and place not in said:
            _mark(about, place, side, at)
    _remove(about, [place for place in before if place not in after])
    db.session.flush()


def _mark(about: str, place: str, side: str, at: datetime) -> None:
    here = select(StaleTranslation).where(StaleTranslation.about == about, StaleTranslation.place == place)
    get_or_create(
        lambda: db.session.scalar(here), lambda: StaleTranslation(about=about, place=place, language=side, since=at)
    )


def stale_side(before: Bilingual | None, now: Bilingual) -> str | None:
    """The language that stayed the same while the other one changed; an empty side is a gap, not stale."""
    if before is None or before.missing() or now.missing():
        return None
    changed = [locale for locale in LOCALES if before[locale] != now[locale]]
    return next(locale for locale in LOCALES if locale not in changed) if len(changed) == 1 else None


def marks(about: str) -> dict[str, str]:
    """The stale language, by place."""
    found = db.session.execute(
        select(StaleTranslation.place, StaleTranslation.language).where(StaleTranslation.about == about)
    )
    return {row.place: row.language for row in found}


def forget(about: str) -> None:
    """Delete every mark of a thing."""
    db.session.execute(delete(StaleTranslation).where(StaleTranslation.about == about))


def forget_places(about: str, begin: str) -> None:
    """Delete the marks of places with this prefix."""
    db.session.execute(
        delete(StaleTranslation).where(
            StaleTranslation.about == about, StaleTranslation.place.startswith(begin, autoescape=True)
        )
    )


def _remove(about: str, places: Iterable[str]) -> None:
    names = list(places)
    if names:
        db.session.execute(
            delete(StaleTranslation).where(StaleTranslation.about == about, StaleTranslation.place.in_(names))
        )
