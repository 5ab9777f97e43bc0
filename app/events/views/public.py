"""The agenda for visitors, and for their calendars."""

from datetime import timedelta
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import everyone
from app.core import calendars, clock, structured
from app.core.errors import Missing
from app.core.i18n import REGIONS, absolute, also_at, canonical, locale, site_address
from app.core.text import plain
from app.core.web import Room, moved
from app.events import queries
from app.events.models import Event
from app.events.queries import EventRow
from app.events.rules import SPOKEN, tongues

COMING, OVER = 50, 10
REMEMBERED, MOST = timedelta(days=60), 500

room = Room("events_public", __name__, guard=everyone)


@room.page(nl="/agenda", fr="/agenda")
def agenda() -> str:
    at = clock.now()
    return render_template(
        "events/public/agenda.html",
        coming=queries.upcoming(at, limit=COMING),
        over=queries.past(at, limit=OVER),
        spoken=SPOKEN,
    )


@room.page(nl="/agenda/<slug>", fr="/agenda/<slug>")
def event(slug: str) -> Any:
    found = queries.event(slug, locale())
    if found is None:
        return moved("event", slug)
    also_at(slug=found.slug)
    over = found.ends_at <= clock.now()
    return render_template("events/public/event.html", event=found, over=over, spoken=SPOKEN, things=[_facts(found)])


@room.page(nl="/agenda.ics", fr="/agenda.ics")
def calendar() -> Response:
    found = queries.since(clock.now() - REMEMBERED, limit=MOST)
    return _file([_entry(one) for one in found], _("Coopcity agenda"))


@room.page(nl="/agenda/<slug>.ics", fr="/agenda/<slug>.ics")
def calendar_file(slug: str) -> Response:
    found = queries.event(slug, locale())
    if found is None:
        raise Missing
    return _file([_entry(found)], found.title[locale()])


def _file(entries: list[calendars.Entry], name: str) -> Response:
    return calendars.calendar(entries, name=name, language=REGIONS[locale()], url=canonical())


def _entry(event: Event | EventRow) -> calendars.Entry:
    language = locale()
    return calendars.Entry(
        kind="event",
        key=event.key,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=event.title[language],
        description=f"{plain(event.lead[language])}\n{SPOKEN[event.language]}",
        place=event.place[language],
        url=absolute(url_for(".event", slug=event.slug[language])),
        revised_at=event.revised_at,
    )


def _facts(event: Event) -> structured.Thing:
    language = locale()
    return structured.event(
        name=event.title[language],
        description=event.lead[language],
        url=canonical(),
        site=site_address(),
        place=event.place[language],
        languages=[REGIONS[code] for code in tongues(event.language)],
        starts_at=event.starts_at,
        ends_at=event.ends_at,
    )
