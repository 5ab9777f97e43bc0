"""Events for the team: registrations and attendance."""

from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import editors, person
from app.core import clock
from app.core.audit import access_log
from app.core.errors import NotFound
from app.core.exports.csv import as_download
from app.core.http.edit_forms import begin_edit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.merging import merged_ticks
from app.events import actions, queries
from app.events.exports import COLUMNS, lines
from app.events.forms import EmptyForm, ticked
from app.events.models import Event
from app.events.rules import (
    NEEDS,
    REGISTRATION_STATUSES,
    SPOKEN,
    Occupancy,
    RegistrationStatus,
    takes_registrations,
    tally,
)

MOST = 200

bp = AppBlueprint("events_staff", __name__, guard=editors)


@bp.page(nl="/team/agenda", fr="/equipe/agenda")
def events() -> str:
    at = clock.now()
    return render_template("events/staff/events.html", turnouts=queries.turnouts(at, MOST), at=at, spoken=SPOKEN)


@bp.page(
    nl="/team/agenda/<event_key>",
    fr="/equipe/agenda/<event_key>",
    methods=("GET", "POST"),
)
def attendance(event_key: str) -> Any:
    event, at = _event(event_key), clock.now()
    begin_edit(event)
    if EmptyForm().validate_on_submit():
        stored = {one.id for one in queries.attendance(event.id) if one.came}
        shown = ticked(request.form, "came-seen") if "came-seen" in request.form else stored
        came = merged_ticks(ticked(request.form, "came"), seen=shown, stored=stored)
        actions.mark_who_came(event, came, by=person.ref, at=at)
        flash(_("The attendance is kept."))
        return redirect_after_post(request.path)
    registrations, needs = queries.attendance(event.id), queries.needs_at(event.id)
    coming = [one.id for one in registrations if one.state == RegistrationStatus.CONFIRMED]
    waiting = [one.id for one in registrations if one.state == RegistrationStatus.WAITING]
    return render_template(
        "events/staff/attendance.html",
        event=event,
        registrations=registrations,
        needs=needs,
        need_names=NEEDS,
        needed=tally(needs[one].kinds for one in coming if one in needs),
        occupancy=Occupancy(event.places, len(coming), len(waiting), takes_registrations(event.starts_at, at)),
        place_in_line={one: place for place, one in enumerate(waiting, 1)},
        began=not takes_registrations(event.starts_at, at),
        standings=REGISTRATION_STATUSES,
        spoken=SPOKEN,
    )


@bp.page(
    nl="/team/agenda/<event_key>/annuleren/<int:number>",
    fr="/equipe/agenda/<event_key>/annuler/<int:number>",
    methods=("GET", "POST"),
)
def cancel(event_key: str, number: int) -> Any:
    """Cancel for somebody who phones: the same action as their own."""
    found = queries.registration_of_event(event_key, number)
    if found is None or not found.name:
        raise NotFound
    if EmptyForm().validate_on_submit():
        actions.cancel(found, by=person.ref, at=clock.now())
        flash(_("The registration is cancelled."))
        return redirect_after_post(url_for(".attendance", event_key=event_key))
    return render_template("events/staff/cancel.html", registration=found, event=found.event)


@bp.page(
    nl="/team/agenda/<event_key>/lijst.csv",
    fr="/equipe/agenda/<event_key>/liste.csv",
)
def attendance_file(event_key: str) -> Response:
    event = _event(event_key)
    found = list(queries.attendance(event.id))
    access_log.record_export(
        "attendance", [f"event:{event.id}"], by=person.ref, chosen_by={"as": "csv"}, count=len(found)
    )
    return as_download(COLUMNS, lines(found, queries.needs_at(event.id)), name=f"{event.key}.csv")


def _event(event_key: str) -> Event:
    found = queries.event_by_key(event_key)
    if found is None:
        raise NotFound
    return found
