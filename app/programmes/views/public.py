"""Programmes and their calls for visitors."""

from typing import Any

from flask import render_template
from flask_babel import lazy_gettext as _l

from app.accounts.guards import everyone
from app.core import clock
from app.core.i18n import also_at, locale
from app.core.web import Room, moved
from app.events import queries as events
from app.events.rules import SPOKEN
from app.programmes import queries
from app.programmes.rules import step_states

SESSIONS = 3
COMPARISON = [
    (_l("Duration"), "duration"),
    (_l("Your time"), "commitment"),
    (_l("Places"), "places"),
    (_l("Language"), "languages"),
    (_l("Selection"), "selection"),
    (_l("Price"), "price"),
]

room = Room("programmes_public", __name__, guard=everyone)


@room.page(nl="/programmas", fr="/programmes")
def programmes() -> str:
    return render_template(
        "programmes/public/programmes.html", programmes=queries.programmes(clock.now()), comparison=COMPARISON
    )


@room.page(nl="/programmas/<slug>", fr="/programmes/<slug>")
def programme(slug: str) -> Any:
    at = clock.now()
    found = queries.programme(slug, locale(), at)
    if found is None:
        return moved("programme", slug)
    also_at(slug=found.slug)
    steps, criteria = queries.timeline_and_rubric(found.call.id) if found.call else ([], [])
    return render_template(
        "programmes/public/programme.html",
        programme=found,
        call=found.call,
        comparison=COMPARISON,
        timeline=list(zip(steps, step_states([step.on for step in steps], clock.day_of(at)), strict=True)),
        criteria=criteria,
        form=queries.form_of(found.call) if found.call else None,
        sessions=events.of_programme(found.id, at, limit=SESSIONS),
        spoken=SPOKEN,
    )
