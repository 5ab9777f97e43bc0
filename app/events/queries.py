"""Queries about events and registrations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, or_, select, tuple_

from app.accounts.rules import hashed
from app.core.db.base import db
from app.core.extension_points import ExtensionPoint
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index
from app.core.text import markdown
from app.events.models import AccessNeeds, Event, Registration, RegistrationLink
from app.events.rules import (
    BOTH,
    REMINDED_BEFORE,
    AgendaFilter,
    Group,
    Occupancy,
    RegistrationStatus,
    takes_registrations,
    tongues,
)

EVERYTHING = AgendaFilter()


# Offered by programmes, a room above this one: the public ones, as columns id, key, title_nl, title_fr and position.
PROGRAMMES = ExtensionPoint[Callable[[], Select[Any]]]("events.programmes")


@dataclass(frozen=True)
class EventRow:
    """An event in a list. `language` is nl, fr, or both; `occupancy` where the list shows them."""

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
    occupancy: Occupancy | None = None

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


def _registered(status: RegistrationStatus) -> Any:
    counted = select(func.count()).where(Registration.event_id == Event.id, Registration.state == status)
    return counted.correlate(Event).scalar_subquery()


# What `occupancy_at` reads.
OCCUPANCY: list[Any] = [
    Event.places,
    _registered(RegistrationStatus.CONFIRMED),
    _registered(RegistrationStatus.WAITING),
    Event.starts_at,
]


def occupancy_at(at: datetime, places: int, confirmed: int, waiting: int, starts_at: datetime) -> Occupancy:
    """The columns OCCUPANCY of one event as its places at this moment."""
    return Occupancy(places, confirmed, waiting, takes_registrations(starts_at, at))


def upcoming(at: datetime, *, limit: int, wanted: AgendaFilter = EVERYTHING, after: str = "") -> list[EventRow]:
    """Upcoming and current events, soonest first; `after`: the key of the event after which to continue."""
    found = select(*ROW, *OCCUPANCY).where(Event.ends_at > at, *_fits(wanted))
    if after:
        found = found.where(or_(_is_gone(after), tuple_(Event.starts_at, Event.id) > _position(after)))
    return _rows(found.order_by(Event.starts_at, Event.id).limit(limit), at)


def past(at: datetime, *, limit: int, wanted: AgendaFilter = EVERYTHING, before: str = "") -> list[EventRow]:
    """Past events, latest first; `before`: the key of the event after which to continue."""
    found = select(*ROW).where(Event.ends_at <= at, *_fits(wanted))
    if before:
        found = found.where(or_(_is_gone(before), tuple_(Event.starts_at, Event.id) < _position(before)))
    return _rows(found.order_by(Event.starts_at.desc(), Event.id.desc()).limit(limit))


def coming(at: datetime) -> tuple[list[Group], dict[str, Bilingual]]:
    """Upcoming events counted per language and programme, and the titles of those programmes in their order."""
    programme = _programmes()
    of_programme = (programme.c.key, programme.c.title_nl, programme.c.title_fr, programme.c.position)
    counted = (
        select(Event.language, func.count(), *of_programme)
        .outerjoin(programme, programme.c.id == Event.programme_id)
        .where(Event.ends_at > at)
        .group_by(Event.language, *of_programme)
        .order_by(programme.c.position)
    )
    rows = db.session.execute(counted).all()
    titles = {key: Bilingual(nl=nl, fr=fr) for _language, _count, key, nl, fr, _position in rows if key}
    return [Group(language, key or "", count) for language, count, key, *_rest in rows], titles


def programme_title(key: str) -> Bilingual | None:
    """The title of a public programme."""
    programme = _programmes()
    wanted = select(programme.c.title_nl, programme.c.title_fr).where(programme.c.key == key)
    row = db.session.execute(wanted).one_or_none()
    return Bilingual(nl=row[0], fr=row[1]) if row else None


def _programmes() -> Subquery:
    offered = PROGRAMMES.first()
    assert offered is not None, "the room programmes offers it"
    return offered().subquery()


def since(moment: datetime, *, limit: int) -> list[EventRow]:
    """Events that ended after this moment and all upcoming ones, soonest first; for calendar files."""
    return _rows(select(*ROW).where(Event.ends_at > moment).order_by(Event.starts_at, Event.id).limit(limit))


def of_programme(programme_id: int, at: datetime, *, limit: int) -> list[EventRow]:
    """Upcoming sessions about one programme, soonest first."""
    wanted = select(*ROW, *OCCUPANCY).where(Event.programme_id == programme_id, Event.ends_at > at)
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit), at)


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


def needs(registration_id: int) -> AccessNeeds | None:
    """What one person needs to take part."""
    return db.session.scalar(select(AccessNeeds).where(AccessNeeds.registration_id == registration_id))


def needs_at(event_id: int) -> dict[int, AccessNeeds]:
    """What people need at an event, by registration."""
    wanted = select(AccessNeeds).join(Registration).where(Registration.event_id == event_id)
    return {one.registration_id: one for one in db.session.scalars(wanted)}


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


def _fits(wanted: AgendaFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.language:
        found.append(Event.language.in_([wanted.language, BOTH]))
    if wanted.programme:
        programme = _programmes()
        found.append(Event.programme_id.in_(select(programme.c.id).where(programme.c.key == wanted.programme)))
    return found


def _position(key: str) -> Any:
    return select(Event.starts_at, Event.id).where(Event.key == key).scalar_subquery()


def _is_gone(key: str) -> ColumnElement[bool]:
    return ~select(Event.id).where(Event.key == key).exists()


def _rows(wanted: Select[Any], at: datetime | None = None) -> list[EventRow]:
    """Rows of a list; with the places at a moment where the statement reads OCCUPANCY."""
    width = len(ROW)
    found = []
    for row in db.session.execute(wanted):
        one = EventRow(*row[:width])
        found.append(replace(one, occupancy=occupancy_at(at, *row[width:])) if at else one)
    return found
