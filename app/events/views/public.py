"""The agenda for visitors."""

from typing import Any

from flask import render_template

from app.accounts.guards import everyone
from app.core import clock
from app.core.i18n import also_at, locale
from app.core.web import Room, moved
from app.events import queries
from app.events.rules import SPOKEN

COMING, OVER = 50, 10

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
    return render_template("events/public/event.html", event=found, over=over, spoken=SPOKEN)
