"""The figures, each with its period, date and source."""

from typing import Any

from flask import render_template

from app.accounts.guards import everyone
from app.content.queries import page
from app.core.i18n import also_at, locale
from app.core.web import Room, moved
from app.impact import queries
from app.impact.rules import arches, block, doors, gables

PEOPLE_PER_ARCH = 100

room = Room("impact_public", __name__, guard=everyone)


@room.page(nl="/impact", fr="/impact")
def impact() -> str:
    known = {indicator.key: indicator for indicator in queries.indicators()}
    latest = {key: indicator.values[-1] for key, indicator in known.items() if indicator.values}
    number = {key: value.value for key, value in latest.items()}
    drawings = {
        "enterprises": gables(number.get("enterprises", 0)),
        "jobs": doors(number.get("jobs", 0)),
        "participants": arches(number.get("participants", 0) // PEOPLE_PER_ARCH),
    }
    return render_template(
        "impact/public/impact.html",
        page=page("impact"),
        known=known,
        latest=latest,
        block=block(number["projects"], number.get("running", 0)) if number.get("projects") else None,
        drawings={key: drawing for key, drawing in drawings.items() if key in latest},
    )


@room.page(nl="/impact/<slug>", fr="/impact/<slug>")
def indicator(slug: str) -> Any:
    found = queries.indicator(locale(), slug)
    if found is None:
        return moved("indicator", slug)
    also_at(slug=found.slug)
    counted = found.values
    return render_template(
        "impact/public/indicator.html", indicator=found, counted=counted, latest=counted[-1] if counted else None
    )
