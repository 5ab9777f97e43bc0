"""Programmes and calls for the team: create, edit, preview, publish."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n import stale_translations
from app.core.i18n.language import locale
from app.programmes.actions import calls as calls_actions
from app.programmes.actions import judging, programmes
from app.programmes.forms.dates import DatesForm
from app.programmes.forms.team import CallForm, ProgrammeForm
from app.programmes.models import Call, Programme
from app.programmes.queries import sheets, team
from app.programmes.rules.calls import call_state

bp = AppBlueprint("programmes_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen", fr="/equipe/appels")
def calls() -> str:
    at = clock.now()
    found = team.programmes_and_calls()
    states = {call.id: call_state(call.opens_at, call.closes_at, at) for one in found for call in one.calls}
    return render_template("programmes/staff/calls.html", programmes=found, states=states)


@bp.page(nl="/team/programmas/nieuw", fr="/equipe/programmes/nouveau", methods=("GET", "POST"))
def new_programme() -> Any:
    form = ProgrammeForm()
    if form.validate_on_submit():
        try:
            made = programmes.write_programme(
                None, form.texts(), values=form.values, confirmed=form.confirmed(), by=person, at=clock.now()
            )
        except Conflict:
            _say_taken(form)
        else:
            flash(_("The programme is kept. Only the team sees it until you publish it."))
            return redirect_after_post(url_for(".programme", key=made.key))
    answer = render_template("programmes/staff/new_programme.html", form=form)
    return answer, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/programmas/<key>", fr="/equipe/programmes/<key>", methods=("GET", "POST"))
@keeps_unsent
def programme(key: str) -> Any:
    found = team.programme_by_key(key)
    begin_edit(found, about=f"programme:{found.id}")
    form = ProgrammeForm(data=_data_of_programme(found))
    if form.validate_on_submit() and _is_fit(form, found):
        try:
            programmes.write_programme(
                found, form.texts(), values=form.values, confirmed=form.confirmed(), by=person, at=clock.now()
            )
        except Conflict:
            _say_taken(form)
        else:
            flash(_("The programme is kept."))
            return redirect_after_post(url_for(".programme", key=key))
    stale = stale_translations.marks(f"programme:{found.id}")
    answer = render_template(
        "programmes/staff/programme.html",
        programme=found,
        form=form,
        stale=stale,
        issues=sheets.gate_of_programme(found, stale),
    )
    return answer, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/programmas/<key>/publiceren", fr="/equipe/programmes/<key>/publier", methods=("POST",))
def publish_programme(key: str) -> Any:
    found = team.programme_by_key(key)
    if sheets.gate_of_programme(found, stale_translations.marks(f"programme:{found.id}")):
        flash(_("Not published: first mend what is listed."))
    else:
        programmes.publish_programme(found, by=person, at=clock.now())
        flash(_("The programme is public."))
    return redirect_after_post(url_for(".programme", key=key))


@bp.page(nl="/team/programmas/<key>/nieuwe-oproep", fr="/equipe/programmes/<key>/nouvel-appel", methods=("POST",))
def new_call(key: str) -> Any:
    found, versions = team.programme_by_key(key), team.versions()
    if not versions:
        flash(_("Publish a form first: a call asks one."))
        return redirect_after_post(url_for(".calls"))
    made = calls_actions.make_call(found, versions[0].id, by=person, at=clock.now())
    flash(_("The call is made. Only the team sees it until you publish it."))
    return redirect_after_post(url_for(".call", key=made.key))


@bp.page(nl="/team/oproepen/<key>/kopie", fr="/equipe/appels/<key>/copie", methods=("POST",))
def copy(key: str) -> Any:
    made = calls_actions.copy_call(team.call_with_everything(key), by=person, at=clock.now())
    flash(_("A new edition is made, a year later. Look at its dates and texts, then publish it."))
    return redirect_after_post(url_for(".call", key=made.key))


@bp.page(nl="/team/oproepen/<key>", fr="/equipe/appels/<key>", methods=("GET", "POST"))
@keeps_unsent
def call(key: str) -> Any:
    found, at = team.call_with_everything(key), clock.now()
    begin_edit(found, about=calls_actions.about(found))
    form = CallForm(data=_data_of_call(found))
    form.offer(team.versions(), locale())
    dates = DatesForm(data=DatesForm.data_of(found.opens_at, found.closes_at))
    if form.is_submitted():
        fine = [form.validate(), found.published_at is not None or dates.validate(), _is_fit(form, found)]
        if all(fine):
            _write_call(found, form, dates)
            flash(_("The call is kept."))
            return redirect_after_post(url_for(".call", key=key))
    stale = stale_translations.marks(calls_actions.about(found))
    answer = render_template(
        "programmes/staff/call.html",
        call=found,
        state=call_state(found.opens_at, found.closes_at, at),
        form=form,
        dates=dates,
        stale=stale,
        issues=sheets.gate_of(found, stale, at),
        may_take_back=found.published_at is not None and found.opens_at > at,
    )
    return answer, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/oproepen/<key>/publiceren", fr="/equipe/appels/<key>/publier", methods=("POST",))
def publish(key: str) -> Any:
    found, at = team.call_with_everything(key), clock.now()
    if request.form.get("do") == "take_back":
        calls_actions.take_back(found, by=person, at=at)
        flash(_("Only the team sees the call again."))
    elif [
        issue
        for issue in sheets.gate_of(found, stale_translations.marks(calls_actions.about(found)), at)
        if not issue.warning
    ]:
        flash(_("Not published: first mend what is listed."))
    else:
        calls_actions.publish_call(found, by=person, at=at)
        flash(_("The call is public. It opens and closes by itself."))
    return redirect_after_post(url_for(".call", key=key))


def _write_call(found: Call, form: CallForm, dates: DatesForm) -> None:
    at = clock.now()
    calls_actions.write_call(
        found,
        form.texts(),
        places=form.places.data or 1,
        grace_minutes=form.grace_minutes.data or 0,
        confirmed=form.confirmed(),
        by=person,
        at=at,
    )
    if found.published_at is None and dates.opens_at:
        judging.choose_form(found, int(form.version.data), by=person, at=at)
        calls_actions.reschedule(found, opens_at=dates.opens_at, closes_at=dates.closes_at, by=person, at=at)


def _is_fit(form: Any, thing: Programme | Call) -> bool:
    """True when published texts stay complete in both languages."""
    if thing.published_at is None:
        return True
    return bool(form.fit_for_everybody({name: getattr(thing, name) for name in form.BILINGUAL_FIELDS}))


def _data_of_programme(found: Programme) -> dict[str, Any]:
    return ProgrammeForm.filled(
        found, code=found.code, position=found.position, serves=found.serves.split(), is_example=found.is_example
    )


def _data_of_call(found: Call) -> dict[str, Any]:
    return CallForm.filled(
        found, places=found.places, grace_minutes=found.grace_minutes, version=str(found.questionnaire_version_id)
    )


def _say_taken(form: ProgrammeForm) -> None:
    form.code.errors = [*form.code.errors, _("Another programme has these letters, or this address")]
