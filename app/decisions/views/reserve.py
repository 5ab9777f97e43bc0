"""The places of a call and its reserve list, and closing the list."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.rules.states import STATE_NAMES, State
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import Form
from app.core.http.web import AppBlueprint, redirect_after_post
from app.decisions.actions import letters as letters_actions
from app.decisions.actions import places as places_actions
from app.decisions.models import Decision
from app.decisions.queries import places as places_queries
from app.programmes.queries.team import call as call_of

bp = AppBlueprint("decisions_reserve", __name__, guard=staff)


@bp.page(nl="/team/beslissingen/oproep/<key>/reserve", fr="/equipe/decisions/appel/<key>/reserve")
def reserve(key: str) -> Any:
    call = call_of(key)
    places = places_queries.places_of(call, person.id, clock.day_of(clock.now()))
    return render_template("decisions/reserve/reserve.html", call=call, places=places, state_names=STATE_NAMES)


@bp.page(
    nl="/team/beslissingen/oproep/<key>/sluiten", fr="/equipe/decisions/appel/<key>/cloturer", methods=("GET", "POST")
)
def close(key: str) -> Any:
    call, at, form = call_of(key), clock.now(), Form()
    left = places_queries.places_of(call, person.id, clock.day_of(at)).reserve
    if form.is_submitted():
        if not form.validate() or not left:
            raise Conflict("closed")
        batch = f"reserve:{call.key}:{at:%Y%m%dT%H%M%S}"
        count = places_actions.close_reserve(left, batch=batch, by=person, url_of=_address, at=at)
        flash(
            ngettext(
                "The list is closed. %(num)s applicant is being told.",
                "The list is closed. %(num)s applicants are being told.",
                count,
            )
        )
        return redirect_after_post(url_for(".reserve", key=key))
    firsts = {one.application.language: one for one in reversed(left)}
    letters = [letters_actions.preview(one, "reserve_closed", url=_address(one), at=at) for one in firsts.values()]
    return render_template("decisions/reserve/close.html", call=call, left=left, letters=letters)


def _address(decision: Decision) -> str:
    return letters_actions.address_of(decision, State.DECLINED)
