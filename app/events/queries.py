"""The agenda."""

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
    is_rehearsal: bool
    is_example: bool

    @property
    def tongues(self) -> tuple[str, ...]:
        """The languages that can be spoken there."""
        return tongues(self.language)


@dataclass(frozen=True)
class Turnout:
    """One event for the team, with how many signed up and came."""

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
    """What is still to come or going on, soonest first; `after` is the key of the event behind which to go on."""
    wanted = select(*ROW).where(Event.ends_at > at, _spoken(language))
    if after:
        wanted = wanted.where(or_(_is_gone(after), tuple_(Event.starts_at, Event.id) > _position(after)))
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit))


def past(at: datetime, *, limit: int, language: str = "", before: str = "") -> list[EventRow]:
    """What is over, latest first; `before` is the key of the event behind which to go on."""
    wanted = select(*ROW).where(Event.ends_at <= at, _spoken(language))
    if before:
        wanted = wanted.where(or_(_is_gone(before), tuple_(Event.starts_at, Event.id) < _position(before)))
    return _rows(wanted.order_by(Event.starts_at.desc(), Event.id.desc()).limit(limit))


def coming_by_language(at: datetime) -> dict[str, int]:
    """How many events are to come in which each language can be spoken; an event in both counts for each."""
    rows = db.session.execute(
        select(Event.language, func.count()).where(Event.ends_at > at).group_by(Event.language)
    ).all()
    return {code: sum(count for language, count in rows if code in tongues(language)) for code in LOCALES}


def since(moment: datetime, *, limit: int) -> list[EventRow]:
    """What ended after this moment and all that is to come, soonest first: what a calendar program keeps."""
    return _rows(select(*ROW).where(Event.ends_at > moment).order_by(Event.starts_at, Event.id).limit(limit))


def of_programme(programme_id: int, at: datetime, *, limit: int) -> list[EventRow]:
    """The coming sessions about one programme, soonest first."""
    wanted = select(*ROW).where(Event.programme_id == programme_id, Event.ends_at > at)
    return _rows(wanted.order_by(Event.starts_at, Event.id).limit(limit))


def search_documents(events: Iterable[Event] | None = None) -> list[search_index.SearchDocument]:
    """These events, or all, as the search index takes them."""
    chosen = db.session.scalars(select(Event)) if events is None else events
    return [
        search_index.SearchDocument(
            "event", one.id, one.slug, one.title, markdown.joined(one.lead, one.body, one.place)
        )
        for one in chosen
    ]


def event(slug: str, language: str) -> Event | None:
    """The event at this address in this language."""
    column = getattr(Event, f"slug_{language}")
    return db.session.scalar(select(Event).where(column == slug))


def taken(event_id: int) -> dict[str, int]:
    """How many registrations of an event are in each standing."""
    wanted = select(Registration.state, func.count()).where(Registration.event_id == event_id)
    return {row[0]: row[1] for row in db.session.execute(wanted.group_by(Registration.state))}


def registration(token: str) -> Registration | None:
    """The registration that this mailed token opens, with its event."""
    link = (RegistrationLink.registration_id == Registration.id, RegistrationLink.token_hash == hashed(token))
    return db.session.scalar(select(Registration).where(exists().where(*link)))


def registration_of_event(event_key: str, number: int) -> Registration | None:
    """One registration of this event, for the team."""
    wanted = select(Registration).join(Event).where(Event.key == event_key, Registration.id == number)
    return db.session.scalar(wanted)


def registration_of(event_id: int, email: str) -> Registration | None:
    """What this address has signed up for already."""
    return db.session.scalar(select(Registration).where(Registration.event_id == event_id, Registration.email == email))


def registrations_with(email: str) -> list[Registration]:
    """Everything that this address signed up for."""
    return list(db.session.scalars(select(Registration).where(Registration.email == email).order_by(Registration.id)))


def waiting(event_id: int) -> list[Registration]:
    """The waiting list, first come first."""
    line = (Registration.event_id == event_id, Registration.state == RegistrationStatus.WAITING)
    return list(
        db.session.scalars(select(Registration).where(*line).order_by(Registration.signed_up_at, Registration.id))
    )


def turnouts(at: datetime, limit: int) -> list[Turnout]:
    """The events of the team's list: what is to come first, then the latest; one statement."""

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
    """Everybody who signed up and whom we still know: places first, then the waiting list, then who cancelled."""
    order = case(
        (Registration.state == RegistrationStatus.CONFIRMED, 0),
        (Registration.state == RegistrationStatus.WAITING, 1),
        else_=2,
    )
    wanted = select(Registration).where(Registration.event_id == event_id, Registration.name != "")
    return list(db.session.scalars(wanted.order_by(order, Registration.signed_up_at, Registration.id)))


def to_remind(at: datetime) -> list[Registration]:
    """Who has a place at an event that begins within a day and was not reminded yet."""
    soon = Event.starts_at.between(at, at + REMINDED_BEFORE)
    wanted = (
        select(Registration)
        .join(Event)
        .where(soon, Registration.state == RegistrationStatus.CONFIRMED, Registration.reminded.is_(False))
        .order_by(Registration.id)
    )
    return list(db.session.scalars(wanted))


def with_free_places(at: datetime) -> list[Event]:
    """Events to come with a waiting list and room for somebody on it."""
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
