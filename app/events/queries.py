"""The agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.core import search, text
from app.core.bilingual import Bilingual
from app.core.db import db
from app.events.models import Event
from app.events.rules import tongues


@dataclass(frozen=True)
class EventRow:
    """One line of the agenda. `language` is nl, fr, or both."""

    slug: Bilingual
    title: Bilingual
    lead: Bilingual
    place: Bilingual
    language: str
    starts_at: datetime
    ends_at: datetime
    key: str
    revised_at: datetime

    @property
    def tongues(self) -> tuple[str, ...]:
        """The languages that can be spoken there."""
        return tongues(self.language)


ROW: list[Any] = [
    Event.slug, Event.title, Event.lead, Event.place, Event.language, Event.starts_at, Event.ends_at, Event.key,
    Event.revised_at,
]  # fmt: skip


def upcoming(at: datetime, *, limit: int) -> list[EventRow]:
    """What is still to come or going on, soonest first."""
    return _rows(select(*ROW).where(Event.ends_at > at).order_by(Event.starts_at, Event.id).limit(limit))


def past(at: datetime, *, limit: int) -> list[EventRow]:
    """What is over, latest first."""
    return _rows(select(*ROW).where(Event.ends_at <= at).order_by(Event.starts_at.desc(), Event.id).limit(limit))


def since(moment: datetime, *, limit: int) -> list[EventRow]:
    """What ended after this moment and all that is to come, soonest first: what a calendar program keeps."""
    return _rows(select(*ROW).where(Event.ends_at > moment).order_by(Event.starts_at, Event.id).limit(limit))


def of_programme(programme_id: int, at: datetime, *, limit: int) -> list[EventRow]:
    """The coming sessions about one programme, soonest first."""
    wanted = select(*ROW).where(Event.programme_id == programme_id, Event.ends_at > at)
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit))


def findable(events: Iterable[Event] | None = None) -> list[search.Findable]:
    """These events, or all, as the search index takes them."""
    chosen = db.session.scalars(select(Event)) if events is None else events
    return [
        search.Findable("event", one.id, one.slug, one.title, text.joined(one.lead, one.body, one.place))
        for one in chosen
    ]


def event(slug: str, language: str) -> Event | None:
    """The event at this address in this language."""
    column = getattr(Event, f"slug_{language}")
    return db.session.scalar(select(Event).where(column == slug))


def _rows(wanted: Select[Any]) -> list[EventRow]:
    return [EventRow(*row) for row in db.session.execute(wanted)]
