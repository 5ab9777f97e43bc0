"""Programmes and their calls for visitors."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.accounts.guards import everyone
from app.core import clock
from app.core.drawings.scene import row
from app.core.drawings.timeline import timeline
from app.core.errors import NotFound
from app.core.exports import calendars, structured
from app.core.exports.feeds import Feed, Item, as_feed
from app.core.extension_points import ExtensionPoint
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import absolute, also_at, canonical, site_address
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.formats import moment, short_month
from app.core.i18n.language import REGIONS, locale, speaking, switches_language
from app.events import queries as events
from app.events.rules import SPOKEN
from app.programmes.exports import COMPARISON
from app.programmes.forms.finder import QUESTIONS, answers, situation
from app.programmes.queries import public
from app.programmes.rules.calls import CallState, StepState, closing_step, step_states, urgency
from app.programmes.rules.fitting import elsewhere, fitting

SESSIONS = 3
BESIDE_THE_TITLE = 3  # houses
# When a calendar reminds of a deadline, and with which text.
REMINDERS = [
    (timedelta(days=7), _l("The call for %(programme)s closes in a week")),
    (timedelta(days=1), _l("The call for %(programme)s closes tomorrow")),
    (timedelta(hours=2), _l("The call for %(programme)s closes in two hours")),
]

# Offered by applications: the minutes that others wrote on each part of a form, by a version of it.
HOW_LONG = ExtensionPoint[Callable[[int], Mapping[str, int]]]("programmes.how_long")

bp = AppBlueprint("programmes_public", __name__, guard=everyone)


@bp.page(nl="/programmas", fr="/programmes")
def programmes() -> str:
    found = public.programmes(clock.now())
    return render_template(
        "programmes/public/programmes.html",
        programmes=found,
        comparison=COMPARISON,
        houses=row(one.key for one in found[:BESIDE_THE_TITLE]),
    )


@bp.page(nl="/welk-programma", fr="/quel-programme")
def finder() -> str:
    given = answers(request.args)
    found = situation(given)
    return render_template(
        "programmes/public/finder.html",
        questions=QUESTIONS,
        given=given,
        asked=bool(set(request.args) & {name for name, *_rest in QUESTIONS}),
        sent="sent" in request.args and not switches_language(),
        fitting=fitting(public.programmes(clock.now()), found.stage),
        elsewhere=elsewhere(found),
        ideas=public.ideas(),
    )


@bp.page(nl="/kandidatuur", fr="/candidature")
def open_calls() -> str:
    """Where somebody can apply now, and what opens next."""
    shown = sorted(
        (one for one in public.programmes(clock.now()) if one.call and one.call.state != CallState.CLOSED),
        key=lambda one: urgency(one.call.state if one.call else None),
    )
    return render_template(
        "programmes/public/open_calls.html",
        current=[one for one in shown if one.call and one.call.takes_applications],
        coming=[one for one in shown if one.call and not one.call.takes_applications],
    )


@bp.page(nl="/programmas/<slug>", fr="/programmes/<slug>")
def programme(slug: str) -> Any:
    at = clock.now()
    found = public.programme(slug, locale(), at)
    if found is None:
        return redirect_old_slug("programme", slug)
    also_at(slug=found.slug)
    steps, criteria = public.timeline_and_rubric(found.call.id) if found.call else ([], [])
    return render_template(
        "programmes/public/programme.html",
        programme=found,
        call=found.call,
        comparison=COMPARISON,
        closing=closing_step(steps, found.call.closes_at) if found.call and found.call.closed_early_from else None,
        timeline=list(zip(steps, step_states([step.on for step in steps], clock.day_of(at)), strict=True)),
        criteria=criteria,
        changes=public.changes_of(found.call.id) if found.call and found.call.has_changed else [],
        sessions=events.of_programme(found.id, at, limit=SESSIONS),
        spoken=SPOKEN,
        things=[_facts(found)],
    )


def course(steps: Sequence[tuple[public.StepRow, StepState]]) -> Markup:
    """Template global: the timeline of a call as a picture."""
    return timeline([(step.on, state) for step, state in steps], short_month)


@bp.page(nl="/programmas/<slug>/vooraf", fr="/programmes/<slug>/a-lire-avant")
def before(slug: str) -> Any:
    """All that a team wants to know before it applies, on one page that can be printed."""
    at = clock.now()
    found = public.programme(slug, locale(), at)
    if found is None:
        return redirect_old_slug("programme", slug)
    also_at(slug=found.slug)
    steps, criteria = public.timeline_and_rubric(found.call.id) if found.call else ([], [])
    how_long = HOW_LONG.first()
    return render_template(
        "programmes/public/before.html",
        programme=found,
        call=found.call,
        heading=_heading(found.title),
        comparison=COMPARISON,
        conditions=public.eligibility(found.call.id) if found.call and found.call.has_check else [],
        closing=closing_step(steps, found.call.closes_at) if found.call and found.call.closed_early_from else None,
        steps=steps,
        criteria=criteria,
        form=public.form_of(found.call) if found.call else None,
        minutes=how_long(found.call.version_id) if found.call and how_long else {},
    )


@bp.page(nl="/oproepen.atom", fr="/appels.atom")
def calls_feed() -> Response:
    found = [(one, one.call) for one in public.programmes(clock.now()) if one.call]
    items = sorted((_item(*one) for one in found), key=lambda item: (item.updated_at, item.key), reverse=True)
    feed = Feed("calls", _("Calls"), ".programmes", items)
    return as_feed(render_template("programmes/public/calls_feed.xml", feed=feed))


@bp.page(nl="/programmas/<slug>/oproep.ics", fr="/programmes/<slug>/appel.ics")
def deadline(slug: str) -> Response:
    """The deadline of the current call; empty without one, so that a subscription keeps working."""
    found = public.programme(slug, locale(), clock.now())
    if found is None:
        raise NotFound
    return calendars.calendar(
        [_deadline(found, found.call)] if found.call and found.call.closes_at else [],
        name=_("Deadline of %(programme)s", programme=found.title[locale()]),
        language=REGIONS[locale()],
        url=canonical(),
    )


def _deadline(programme: public.ProgrammeRow, call: public.CallRow) -> calendars.Entry:
    title = programme.title[locale()]
    summary = _("Last moment to apply for %(programme)s", programme=title)
    assert call.closes_at is not None
    return calendars.Entry(
        kind="call",
        key=call.key,
        starts_at=call.closes_at,
        ends_at=None,
        summary=_("%(title)s (example)", title=summary) if programme.is_example else summary,
        description=programme.tagline[locale()],
        place="",
        url=absolute(url_for(".programme", slug=programme.slug[locale()])),
        revised_at=call.revised_at,
        reminders=tuple(calendars.Reminder(before, words % {"programme": title}) for before, words in REMINDERS),
    )


def _item(programme: public.ProgrammeRow, call: public.CallRow) -> Item:
    """The call with its dates; no "twelve days left": an entry stays the same until somebody changes it."""
    language = locale()
    until = _("Until %(moment)s", moment=moment(call.closes_at)) if call.closes_at else _("Open all year")
    dates = [_("From %(moment)s", moment=moment(call.opens_at)), until]
    return Item(
        kind="call",
        key=call.key,
        title=_("%(title)s (example)", title=call.title[language]) if programme.is_example else call.title[language],
        summary=" – ".join([programme.tagline[language], *dates]),
        html=Markup("<p>{}</p><p>{}<br>{}</p>").format(programme.lead[language], *dates),
        address=url_for(".programme", slug=programme.slug[language]),
        updated_at=call.revised_at,
    )


def _heading(title: Bilingual) -> Bilingual:
    """The heading of the page to read beforehand, in both languages."""
    words = {}
    for code in LOCALES:
        with speaking(code):
            words[code] = str(_("Before you apply: %(programme)s", programme=title[code]))
    return Bilingual(**words)


def _facts(programme: public.ProgrammeRow) -> structured.Thing:
    language = locale()
    call = None if programme.is_example else programme.call  # search engines get no example dates
    return structured.programme(
        name=programme.title[language],
        description=programme.lead[language],
        url=canonical(),
        site=site_address(),
        opens_at=call.opens_at if call else None,
        closes_at=call.closes_at if call else None,
    )
