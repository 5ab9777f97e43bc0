"""A meeting as its members follow it on a device of their own: they read, the secretary writes."""

from typing import Any

from flask import render_template

from app.accounts.guards import jurors, person
from app.applications.rules.states import STATE_NAMES
from app.core import clock
from app.core.errors import Missing
from app.core.http.web import AppBlueprint
from app.meetings import queries
from app.meetings.rules import ROLE_NAMES, Stage
from app.readers.queries.titles import titles_and_veils

bp = AppBlueprint("meetings_juror", __name__, guard=jurors)


@bp.page(nl="/team/lezen/vergadering/<key>", fr="/equipe/lectures/reunion/<key>")
def follow(key: str) -> Any:
    """Only for who sits in it; of a file that is hidden from a member nothing but its number is there."""
    found = queries.meeting(key)
    seats = queries.seats(found.id)
    if person.id not in {seat.person_id for seat in seats}:
        raise Missing
    items = queries.items(found.id)
    hidden = queries.hidden_from([one.application_id for one in items], person.id)
    current = next((one for one in items if one.opened_at and not one.decided_at), None)
    sheet = queries.sheets(found, [current], seats)[0] if current and current.application_id not in hidden else None
    known = titles_and_veils([one.application_id for one in items], person.id)
    veil = known[sheet.item.application_id][1] if sheet else None
    return render_template(
        "meetings/juror/follow.html",
        titles={key: title for key, (title, _veil) in known.items()},
        veil=veil.over if veil else None,
        meeting=found,
        call=queries.call_of(found),
        seats=seats,
        items=items,
        current=current,
        sheet=sheet,
        stages=Stage,
        hidden=hidden,
        role_names=ROLE_NAMES,
        state_names=STATE_NAMES,
        now=clock.now(),
    )
