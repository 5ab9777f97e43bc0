"""Queries over several rooms: home page, health, site map."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, cast, false, func, literal, null, select, union_all
from sqlalchemy.exc import SQLAlchemyError

from app.content.models import Article, Page, Partner
from app.content.rules import ONE_TEXT, PLACES
from app.core.db.base import UTCDateTime, db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.enterprises.models import Enterprise
from app.events.models import Event
from app.impact.models import Indicator, IndicatorValue
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from app.programmes.models import Programme

UNKNOWN = cast(null(), UTCDateTime)
COUNTED = ("value", "at_least", "from_year", "to_year", "as_of")  # of an indicator's value, as `Figure` takes them
# Per kind of thing: its page, the columns for its address in every language, and its last change.
ONE_OF_EACH: dict[str, tuple[Any, ...]] = {
    "programmes_public.programme": (*Programme.slug.property.columns, UNKNOWN),
    "programmes_public.before": (*Programme.slug.property.columns, UNKNOWN),
    "enterprises_public.enterprise": (*(Enterprise.slug,) * len(LOCALES), UNKNOWN),
    "events_public.event": (*Event.slug.property.columns, Event.revised_at),
    "content_public.article": (*Article.slug.property.columns, Article.revised_at),
    "impact_public.indicator": (*Indicator.slug.property.columns, UNKNOWN),
}


@dataclass(frozen=True)
class Listed:
    """A page for the site map; `changed_at` only where every change is known."""

    endpoint: str
    slug: Bilingual | None
    changed_at: datetime | None


def listed() -> list[Listed]:
    """Every page about one thing, and every page that is one text, in one statement."""
    parts = [select(literal(endpoint), *columns) for endpoint, columns in ONE_OF_EACH.items()]
    parts[:2] = [part.where(Programme.published_at.is_not(None)) for part in parts[:2]]
    texts = [
        select(literal(PLACES[key]), *(literal(""),) * len(LOCALES), Page.updated_at).where(Page.key == key)
        for key in sorted(ONE_TEXT)
    ]
    rows: list[Any] = list(db.session.execute(union_all(*parts, *texts)))
    found = [Listed(row[0], Bilingual(*row[1:-1]) if row[1] else None, row[-1]) for row in rows]
    return sorted(found, key=lambda one: (one.endpoint, str(one.slug)))


@dataclass(frozen=True)
class Text:
    """One text block of editors."""

    title: Bilingual
    lead: Bilingual


@dataclass(frozen=True)
class Figure:
    """One value over a period; `at_least`: the source says "more than"."""

    key: str
    name: Bilingual
    value: int
    at_least: bool
    from_year: int
    to_year: int
    as_of: date

    @property
    def period(self) -> tuple[int, int]:
        """First and last year."""
        return self.from_year, self.to_year


@dataclass(frozen=True)
class Front:
    """The small parts of the home page."""

    texts: dict[str, Text]
    partners: list[str]
    figures: list[Figure]


def front(*keys: str) -> Front:
    """The blocks with these keys, the partners and the figures, in one statement."""
    blocks = _entry("text", Page.id, Page.key, Page.title, Page.lead).where(Page.key.in_(keys))
    partners = _entry("partner", Partner.position, Partner.name, Partner.role, Partner.detail)
    counted = [getattr(IndicatorValue, name) for name in COUNTED]
    figures = _entry("figure", Indicator.position, Indicator.key, Indicator.name, Indicator.name, *counted).join(
        IndicatorValue, IndicatorValue.indicator_id == Indicator.id
    )
    rows = db.session.execute(union_all(figures, partners, blocks).order_by("kind", "position", "to_year", "key")).all()
    read = [(row, Bilingual(row.a_nl, row.a_fr), Bilingual(row.b_nl, row.b_fr)) for row in rows]
    return Front(
        texts={row.key: Text(a, b) for row, a, b in read if row.kind == "text"},
        partners=[row.key for row, _a, _b in read if row.kind == "partner"],
        figures=[
            Figure(row.key, a, *(getattr(row, name) for name in COUNTED)) for row, a, _b in read if row.kind == "figure"
        ],
    )


def database_answers() -> bool:
    """True when the database answers."""
    try:
        return db.session.scalar(select(literal(1))) == 1
    except SQLAlchemyError:
        db.session.rollback()
        return False


def waiting_since(at: datetime) -> datetime | None:
    """Since when the oldest overdue letter has been due; None without one."""
    return db.session.scalar(
        select(func.min(OutgoingMail.due_at)).where(
            OutgoingMail.state.in_([MailState.QUEUED, MailState.SENDING]), OutgoingMail.due_at <= at
        )
    )


def _entry(kind: str, position: Any, key: Any, a: Any, b: Any, *counted: Any) -> Select[Any]:
    """One part of the UNION of `front`: two texts, and a count where there is one."""
    texts = [
        column.label(f"{name}_{locale}")
        for name, text in (("a", a), ("b", b))
        for column, locale in zip(text.property.columns, LOCALES, strict=True)
    ]
    numbers = counted or (literal(0), false(), literal(0), literal(0), cast(null(), Date))
    labelled = [number.label(name) for number, name in zip(numbers, COUNTED, strict=True)]
    return select(literal(kind).label("kind"), position.label("position"), key.label("key"), *texts, *labelled)
