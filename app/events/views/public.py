"""The agenda for visitors and their calendars."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import everyone
from app.core import clock
from app.core.errors import NotFound
from app.core.exports import calendars, structured
from app.core.http.forms import normal_email
from app.core.http.limits import rate_limit
from app.core.http.web import AppBlueprint, redirect_after_post, redirect_old_slug
from app.core.i18n.addresses import absolute, also_at, canonical, site_address
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import REGIONS, locale
from app.core.text.markdown import plain
from app.events import actions, queries
from app.events.forms import EmptyForm, NeedsForm, RegistrationForm, place_in_list, wanted
from app.events.models import Event, Registration
from app.events.queries import EventRow
from app.events.rules import (
    NEEDS,
    SPOKEN,
    AgendaFilter,
    Group,
    Needs,
    Occupancy,
    RegistrationStatus,
    how_many,
    occupancy,
    takes_registrations,
    tongues,
    useful,
)

MAP = "https://www.openstreetmap.org/search"
COMING, OVER = 30, 10
REMEMBERED, MOST = timedelta(days=60), 500


@dataclass(frozen=True)
class Choice:
    """One option of a filter, as a link."""

    words: str
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter of the agenda; its first option takes it away."""

    label: str
    choices: list[Choice]


bp = AppBlueprint("events_public", __name__, guard=everyone)


@bp.page(nl="/agenda", fr="/agenda")
def agenda() -> str:
    at = clock.now()
    groups, titles = queries.coming(at)
    chosen = _known(wanted(request.args), titles)
    coming = queries.upcoming(at, limit=COMING + 1, wanted=chosen, after=place_in_list(request.args, "after"))
    over = queries.past(at, limit=OVER + 1, wanted=chosen, before=place_in_list(request.args, "before"))
    return render_template(
        "events/public/agenda.html",
        coming=coming[:COMING],
        further=_address(chosen, after=coming[COMING - 1].key) if len(coming) > COMING else "",
        over=over[:OVER],
        earlier=_address(chosen, before=over[OVER - 1].key) if len(over) > OVER else "",
        facets=_facets(groups, titles, chosen),
        found=how_many(groups, chosen),
        total=how_many(groups, AgendaFilter()),
        is_filtered=chosen != AgendaFilter(),
        begin=_address(chosen) if {"after", "before"} & set(request.args) else "",
        spoken=SPOKEN,
    )


@bp.page(nl="/agenda/<slug>", fr="/agenda/<slug>")
def event(slug: str) -> Any:
    found = queries.event(slug, locale())
    if found is None:
        return redirect_old_slug("event", slug)
    also_at(slug=found.slug)
    at = clock.now()
    return render_template(
        "events/public/event.html",
        event=found,
        over=found.ends_at <= at,
        open=takes_registrations(found.starts_at, at),
        occupancy=_occupancy(found, at),
        spoken=SPOKEN,
        map=_map(found.place[locale()]),
        things=[] if found.is_example else [_facts(found)],
    )


@bp.page(nl="/agenda/<slug>/inschrijven", fr="/agenda/<slug>/inscription", methods=("GET", "POST"))
@rate_limit("30 per hour", room="150 per hour")
def sign_up(slug: str) -> Any:
    found = queries.event(slug, locale())
    if found is None:
        return redirect_old_slug("event", slug)
    also_at(slug=found.slug)
    at, form = clock.now(), RegistrationForm()
    if takes_registrations(found.starts_at, at) and form.validate_on_submit() and not form.is_machine:
        email = normal_email(form.email.data or "") or ""
        name = form.name.data or ""
        actions.sign_up(found, name=name, email=email, language=locale(), at=at, needs=form.asked)
        session["signed_up"] = email
        return redirect_after_post(url_for(".signed_up", slug=slug))
    page = render_template(
        "events/public/sign_up.html",
        event=found,
        form=form if takes_registrations(found.starts_at, at) else None,
        occupancy=_occupancy(found, at),
        spoken=SPOKEN,
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/agenda/<slug>/inschrijven/verstuurd", fr="/agenda/<slug>/inscription/envoyee")
def signed_up(slug: str) -> Any:
    found = queries.event(slug, locale())
    if found is None or "signed_up" not in session:
        return redirect(url_for(".sign_up", slug=slug), 302)
    also_at(slug=found.slug)
    return render_template("events/public/signed_up.html", event=found, email=session["signed_up"])


@bp.page(nl="/agenda/plaats/<key>", fr="/agenda/place/<key>", methods=("GET", "POST"))
def registration(key: str) -> Any:
    """The page of one registration: anybody with the mailed link may see and cancel it."""
    found = _registration(key)
    at, form = clock.now(), EmptyForm()
    if form.validate_on_submit():
        actions.cancel(found, at=at)
        return redirect_after_post(request.path)
    in_line = [one.id for one in queries.waiting(found.event_id)] if found.state == RegistrationStatus.WAITING else []
    return render_template(
        "events/public/registration.html",
        registration=found,
        event=found.event,
        open=takes_registrations(found.event.starts_at, at),
        place=in_line.index(found.id) + 1 if in_line else 0,
        needs=queries.needs(found.id),
        need_names=NEEDS,
        spoken=SPOKEN,
    )


@bp.page(nl="/agenda/plaats/<key>/wat-je-nodig-hebt", fr="/agenda/place/<key>/vos-besoins", methods=("GET", "POST"))
def needs(key: str) -> Any:
    """What somebody needs to take part: change it, or take the consent back."""
    found, at = _registration(key), clock.now()
    stored = queries.needs(found.id)
    can_change = found.state != RegistrationStatus.CANCELLED and takes_registrations(found.event.starts_at, at)
    form, is_removing = NeedsForm.of(stored), request.form.get("do") == "remove"
    if not (can_change or stored):
        return redirect(url_for(".registration", key=key), 302)
    if form.is_submitted() and (is_removing or form.validate()):
        actions.keep_needs(found, Needs() if is_removing else form.asked, at=at)
        return redirect_after_post(url_for(".registration", key=key))
    page = render_template(
        "events/public/needs.html", event=found.event, form=form, stored=stored, open=can_change, spoken=SPOKEN
    )
    return page, (422 if form.is_submitted() else 200)


def _registration(key: str) -> Registration:
    """The registration of a mailed key, unless it is erased."""
    found = queries.registration(key)
    if found is None or not found.name:
        raise NotFound
    return found


@bp.page(nl="/agenda.ics", fr="/agenda.ics")
def calendar() -> Response:
    found = queries.since(clock.now() - REMEMBERED, limit=MOST)
    return _file([_entry(one) for one in found], _("Coopcity agenda"))


@bp.page(nl="/agenda/<slug>.ics", fr="/agenda/<slug>.ics")
def calendar_file(slug: str) -> Response:
    found = queries.event(slug, locale())
    if found is None:
        raise NotFound
    return _file([_entry(found)], found.title[locale()])


def _known(asked: AgendaFilter, titles: dict[str, Bilingual]) -> AgendaFilter:
    """Without a programme that does not exist; one of which nothing is planned gets its title, to say so."""
    if asked.programme and asked.programme not in titles:
        title = queries.programme_title(asked.programme)
        if title is None:
            return replace(asked, programme="")
        titles[asked.programme] = title
    return asked


def _facets(groups: list[Group], titles: Mapping[str, Bilingual], chosen: AgendaFilter) -> list[Facet]:
    """The filters that can change the list, each counted together with the other one."""
    names = {
        "language": (_("Language"), _("All languages"), {code: _capital(str(SPOKEN[code])) for code in LOCALES}),
        "programme": (_("Programme"), _("All programmes"), {key: title[locale()] for key, title in titles.items()}),
    }
    found = []
    for name, (label, every, options) in names.items():
        counts = {code: how_many(groups, replace(chosen, **{name: code})) for code in options}
        without, mine = replace(chosen, **{name: ""}), asdict(chosen)[name]
        choices = [
            Choice(f"{options[code]} ({count})", _address(replace(chosen, **{name: code})), code == mine)
            for code, count in useful(counts, how_many(groups, without), mine).items()
        ]
        if choices:
            found.append(Facet(label, [Choice(every, _address(without), not mine), *choices]))
    return found


def _address(chosen: AgendaFilter, **place: str) -> str:
    asked: dict[str, Any] = {name: value for name, value in asdict(chosen).items() if value} | place
    return url_for(".agenda", **asked)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _occupancy(event: Event, at: datetime) -> Occupancy:
    return occupancy(event.places, queries.taken(event.id), starts_at=event.starts_at, at=at)


def _map(place: str) -> str:
    """A search on OpenStreetMap for this address; nothing where the place is no address."""
    found = structured.postal_address(place)
    if not found:
        return ""
    address = "{streetAddress}, {postalCode} {addressLocality}".format_map(found)
    return f"{MAP}?{urlencode({'query': address})}"


def _file(entries: list[calendars.Entry], name: str) -> Response:
    return calendars.calendar(entries, name=name, language=REGIONS[locale()], url=canonical())


def _entry(event: Event | EventRow) -> calendars.Entry:
    language = locale()
    return calendars.Entry(
        kind="event",
        key=event.key,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=_("%(title)s (example)", title=event.title[language]) if event.is_example else event.title[language],
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
