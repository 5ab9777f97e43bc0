"""Convert rows to API values: plain types, both languages, stable keys, absolute addresses."""

from datetime import datetime
from functools import partial
from typing import Any

from app.content.models import Article
from app.content.rules import PLACES, with_addresses
from app.core.i18n.addresses import mailed_address
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.formats import iso
from app.enterprises.models import Enterprise
from app.events.models import Event
from app.events.rules import Occupancy
from app.impact.models import Indicator
from app.programmes.models import Call
from app.programmes.queries.public import ProgrammeRow
from app.programmes.rules.calls import call_state


def texts(text: Bilingual) -> dict[str, str]:
    """Both languages of a text."""
    return {code: text[code] for code in LOCALES}


def pages(endpoint: str, slug: Bilingual | str) -> dict[str, str]:
    """The address of a page in each language."""
    return {
        code: mailed_address(endpoint, lang=code, slug=slug if isinstance(slug, str) else slug[code])
        for code in LOCALES
    }


def programme(row: ProgrammeRow) -> dict[str, Any]:
    names = ("title", "tagline", "lead", "duration", "commitment", "places", "price", "languages", "selection")
    return {
        "key": row.key,
        "serves": row.serves.split(),
        "is_example": row.is_example,
        "call": row.call.key if row.call else None,
        "pages": pages("programmes_public.programme", row.slug),
        **{name: texts(getattr(row, name)) for name in names},
    }


def call(row: Call, programme_key: str, slug: Bilingual, *, at: datetime) -> dict[str, Any]:
    """A call, with its state at this moment."""
    return {
        "key": row.key,
        "programme": programme_key,
        "title": texts(row.title),
        "state": call_state(row.opens_at, row.closes_at, at).value,
        "opens_at": iso(row.opens_at),
        "closes_at": iso(row.closes_at) if row.closes_at else None,
        "fee": texts(row.fee),
        "is_example": row.programme.is_example,
        "pages": pages("programmes_public.programme", slug),
        "calendar": pages("programmes_public.deadline", slug),
    }


def enterprise(row: Enterprise, programme_key: str | None) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "pitch": texts(row.pitch),
        "sector": row.sector,
        "legal_form": row.legal_form,
        "municipality": row.municipality or None,
        "founded": row.founded,
        "website": row.website or None,
        "programme": programme_key,
        "source": texts(row.source_name),
        "source_url": row.source_url or None,
        "pages": pages("enterprises_public.enterprise", row.slug),
    }


def event(row: Event, occupancy: Occupancy) -> dict[str, Any]:
    """An event, with its places at this moment."""
    return {
        "key": row.key,
        "title": texts(row.title),
        "lead": texts(row.lead),
        "place": texts(row.place),
        "language": row.language,
        "places": row.places,
        "places_left": occupancy.left if occupancy.is_open else None,
        "waiting": occupancy.waiting if occupancy.is_open else None,
        "registration": occupancy.registration,
        "starts_at": iso(row.starts_at),
        "ends_at": iso(row.ends_at),
        "is_example": row.is_example,
        "pages": pages("events_public.event", row.slug),
    }


def article(row: Article) -> dict[str, Any]:
    """A news article; links that name a page of this site become whole addresses."""
    names = ("title", "lead", "quote", "quote_by")
    return {
        "key": row.key,
        "body": {code: with_addresses(row.body[code], partial(_named_page, code)) for code in LOCALES},
        "published_on": row.published_on.isoformat(),
        "revised_at": iso(row.revised_at),
        "source": texts(row.source_name),
        "source_url": row.source_url or None,
        "pages": pages("content_public.article", row.slug),
        **{name: texts(getattr(row, name)) for name in names},
    }


def _named_page(language: str, kind: str, name: str) -> str | None:
    if kind == "enterprise":
        return mailed_address("enterprises_public.enterprise", lang=language, slug=name)
    return mailed_address(PLACES[name], lang=language) if kind == "page" and name in PLACES else None


def indicator(row: Indicator) -> dict[str, Any]:
    """An indicator with its values."""
    values = [
        {
            "from_year": one.from_year,
            "to_year": one.to_year,
            "value": one.value,
            "at_least": one.at_least,
            "as_of": one.as_of.isoformat(),
            "source": texts(one.source_name),
            "source_url": one.source_url or None,
        }
        for one in row.values
    ]
    names = ("name", "unit", "definition", "how_counted")
    return {
        "key": row.key,
        "values": values,
        "pages": pages("impact_public.indicator", row.slug),
        **{name: texts(getattr(row, name)) for name in names},
    }
