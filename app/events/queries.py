"""Queries about events and registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, tuple_

from app.accounts.rules import hashed
from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.core.text import markdown
from app.events.models import Event, Registration, RegistrationLink
from app.events.rules import BOTH, REMINDED_BEFORE, RegistrationStatus, tongues


@dataclass(frozen=True)
class EventRow:
    """An event in a list. `language` is nl, fr, or both."""

    slug: Bilingual
    title: Bilingual
    lead: Bilingual
    place: Bilingual
    language: str
    starts_at: datetime
    ends_at: datetime
    key: str
    revised_at: datetime
    is_rehearsal: bool
    is_example: bool

    @property
    def tongues(self) -> tuple[str, ...]:
        """The languages spoken there."""
        return tongues(self.language)


@dataclass(frozen=True)
class Turnout:
    """An event for the team, with counts of registrations and attendance."""

    event: Event
    confirmed: int
    waiting: int
    came: int


ROW: list[Any] = [
    Event.slug,
    Event.title,
    Event.lead,
    Event.place,
    Event.language,
    Event.starts_at,
    Event.ends_at,
    Event.key,
    Event.revised_at,
    Event.is_rehearsal,
    Event.is_example,
]


def upcoming(at: datetime, *, limit: int, language: str = "", after: str = "") -> list[EventRow]:
    """Upcoming and current events, soonest first; `after`: the key of the event after which to continue."""
    wanted = select(*ROW).where(Event.ends_at > at, _spoken(language))
    if after:
        wanted = wanted.where(or_(_is_gone(after), tuple_(Event.starts_at, Event.id) > _position(after)))
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit))


def past(at: datetime, *, limit: int, language: str = "", before: str = "") -> list[EventRow]:
    """Past events, latest first; `before`: the key of the event after which to continue."""
    wanted = select(*ROW).where(Event.ends_at <= at, _spoken(language))
    if before:
        wanted = wanted.where(or_(_is_gone(before), tuple_(Event.starts_at, Event.id) < _position(before)))
    return _rows(wanted.order_by(Event.starts_at.desc(), Event.id.desc()).limit(limit))


def coming_by_language(at: datetime) -> dict[str, int]:
    """How many upcoming events are held in each language; a bilingual event counts for both."""
    rows = db.session.execute(
        select(Event.language, func.count()).where(Event.ends_at > at).group_by(Event.language)
    ).all()
    return {code: sum(count for language, count in rows if code in tongues(language)) for code in LOCALES}


def since(moment: datetime, *, limit: int) -> list[EventRow]:
    """Events that ended after this moment and all upcoming ones, soonest first; for calendar files."""
    return _rows(select(*ROW).where(Event.ends_at > moment).order_by(Event.starts_at, Event.id).limit(limit))


def of_programme(programme_id: int, at: datetime, *, limit: int) -> list[EventRow]:
    """Upcoming sessions about one programme, soonest first."""
    wanted = select(*ROW).where(Event.programme_id == programme_id, Event.ends_at > at)
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit))


def search_documents(events: Iterable[Event] | None = None) -> list[search_index.SearchDocument]:
    """These events, or all, as documents of the search index."""
    chosen = db.session.scalars(select(Event)) if events is None else events
    return [
        search_index.SearchDocument(
            "event", one.id, one.slug, one.title, markdown.joined(one.lead, one.body, one.place)
        )
        for one in chosen
    ]


def event(slug: str, language: str) -> Event | None:
    """The event at this slug in this language."""
    column = getattr(Event, f"slug_{language}")
    return db.session.scalar(select(Event).where(column == slug))


def taken(event_id: int) -> dict[str, int]:
    """Registrations of an event per status."""
    wanted = select(Registration.state, func.count()).where(Registration.event_id == event_id)
    return {row[0]: row[1] for row in db.session.execute(wanted.group_by(Registration.state))}


def registration(token: str) -> Registration | None:
    """The registration of this mailed token, with its event."""
    link = (RegistrationLink.registration_id == Registration.id, RegistrationLink.token_hash == hashed(token))
    return db.session.scalar(select(Registration).where(exists().where(*link)))


def registration_of_event(event_key: str, number: int) -> Registration | None:
    """One registration of this event, for the team."""
    wanted = select(Registration).join(Event).where(Event.key == event_key, Registration.id == number)
    return db.session.scalar(wanted)


def registration_of(event_id: int, email: str) -> Registration | None:
    """The existing registration of this address."""
    return db.session.scalar(select(Registration).where(Registration.event_id == event_id, Registration.email == email))


def registrations_with(email: str) -> list[Registration]:
    """Every registration of this address, by event: erasures lock the events in the same order."""
    wanted = select(Registration).where(Registration.email == email).order_by(Registration.event_id, Registration.id)
    return list(db.session.scalars(wanted))


def waiting(event_id: int) -> list[Registration]:
    """The waiting list, first come first."""
    line = (Registration.event_id == event_id, Registration.state == RegistrationStatus.WAITING)
    return list(
        db.session.scalars(select(Registration).where(*line).order_by(Registration.signed_up_at, Registration.id))
    )


def turnouts(at: datetime, limit: int) -> list[Turnout]:
    """The team's list of events: upcoming first, then the latest; one statement."""

    def how_many(condition: Any) -> Any:
        return func.count().filter(condition)

    columns = [
        how_many(Registration.state == RegistrationStatus.CONFIRMED),
        how_many(Registration.state == RegistrationStatus.WAITING),
        how_many(Registration.came.is_(True)),
    ]
    is_over = Event.ends_at <= at
    wanted: Select[Any] = (
        select(Event, *columns)
        .outerjoin(Registration, Registration.event_id == Event.id)
        .group_by(Event.id)
        .order_by(is_over, case((is_over, None), else_=Event.starts_at), Event.starts_at.desc(), Event.id)
    )
    return [Turnout(*row) for row in db.session.execute(wanted.limit(limit))]


def event_by_key(key: str) -> Event | None:
    """One event, for the team."""
    return db.session.scalar(select(Event).where(Event.key == key))


def attendance(event_id: int) -> list[Registration]:
    """Everybody who registered and is not erased: places first, then the waiting list, then cancelled ones."""
    order = case(
        (Registration.state == RegistrationStatus.CONFIRMED, 0),
        (Registration.state == RegistrationStatus.WAITING, 1),
        else_=2,
    )
    wanted = select(Registration).where(Registration.event_id == event_id, Registration.name != "")
    return list(db.session.scalars(wanted.order_by(order, Registration.signed_up_at, Registration.id)))


def to_remind(at: datetime) -> list[Registration]:
    """Registrations with a place at an event within a day that were not reminded yet."""
    soon = Event.starts_at.between(at, at + REMINDED_BEFORE)
    wanted = (
        select(Registration)
        .join(Event)
        .where(soon, Registration.state == RegistrationStatus.CONFIRMED, Registration.reminded.is_(False))
        .order_by(Registration.id)
    )
    return list(db.session.scalars(wanted))


def with_free_places(at: datetime) -> list[Event]:
    """Upcoming events with a waiting list and a free place."""
    confirmed = func.count().filter(Registration.state == RegistrationStatus.CONFIRMED)
    in_line = func.count().filter(Registration.state == RegistrationStatus.WAITING)
    ids = (
        select(Event.id)
        .join(Registration)
        .where(Event.starts_at > at)
        .group_by(Event.id, Event.places)
        .having(in_line > 0, confirmed < Event.places)
    )
    return list(db.session.scalars(select(Event).where(Event.id.in_(ids)).order_by(Event.id)))


def _spoken(language: str) -> ColumnElement[bool]:
    return Event.language.in_([language, BOTH]) if language else Event.id.is_not(None)


def _position(key: str) -> Any:
    return select(Event.starts_at, Event.id).where(Event.key == key).scalar_subquery()


def _is_gone(key: str) -> ColumnElement[bool]:
    return ~select(Event.id).where(Event.key == key).exists()


def _rows(wanted: Select[Any]) -> list[EventRow]:
    return [EventRow(*row) for row in db.session.execute(wanted)]
