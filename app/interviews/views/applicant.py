"""The applicant's appointment: choose, change, cancel, calendar file."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import applicants, person, sign_in
from app.applications.access import application_access
from app.applications.models import Application
from app.applications.rules.states import SENTENCES, State
from app.applications.rules.team import Right
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.exports import calendars
from app.core.http.forms import Form
from app.core.http.limits import rate_limit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import canonical, mailed_address
from app.core.i18n.language import REGIONS, locale
from app.core.text.cleaning import clean
from app.interviews.actions import choosing
from app.interviews.actions import common as common_actions
from app.interviews.actions.common import choosing_address
from app.interviews.exports import of_applicant, off_for_applicant
from app.interviews.forms import ChooseForm
from app.interviews.models import CalledOff, Interview, Slot
from app.interviews.queries import files, tables
from app.interviews.queries import slots as slots_queries
from app.interviews.rules import HELD_IN, is_open, may_choose

bp = AppBlueprint("interviews_applicant", __name__, guard=applicants)


@bp.page(nl="/mijn-dossier/<key>/gesprek", fr="/mon-dossier/<key>/entretien", methods=("GET", "POST"))
@rate_limit("60 per hour")
def choose(key: str) -> Any:
    application, form = application_access(key, sign_in, Right.WRITE).application, ChooseForm()
    interview, mine = files.appointment_of(application.id)
    off = tables.called_off(interview) if interview and not mine else None
    if interview is None or not (mine or off or application.state == State.INTERVIEW):
        if form.is_submitted():
            raise Conflict(application.state)
        waiting = application.state == State.INTERVIEW
        return _show(application, form) if waiting else redirect(url_for("applications_applicant.status", key=key), 302)
    if form.is_submitted() and application.state != State.INTERVIEW:
        raise Conflict(application.state)
    if form.validate_on_submit():
        try:
            choosing.choose(
                interview, application, clean(form.slot.data), url_of=choosing_address, by=person, at=clock.now()
            )
        except common_actions.SlotTaken:
            form.slot.errors = [_("Somebody else has just chosen that moment. These are still free")]
        else:
            flash(_("The appointment is made. You get a mail with the place and the hour."))
            return redirect_after_post(url_for(".choose", key=key))
    return _show(application, form, interview, mine, off), (422 if form.is_submitted() else 200)


@bp.page(nl="/mijn-dossier/<key>/gesprek/annuleren", fr="/mon-dossier/<key>/entretien/annuler", methods=("POST",))
def cancel(key: str) -> Any:
    """Cancel; another slot can be chosen at once."""
    application = application_access(key, sign_in, Right.WRITE).application
    interview = files.interview_of(application.id)
    if interview is None or not Form().validate():
        raise Conflict(application.state)
    choosing.cancel(interview, application, url_of=choosing_address, by=person, at=clock.now())
    flash(_("The appointment is cancelled. Choose another moment as soon as you can."))
    return redirect_after_post(url_for(".choose", key=key))


@bp.page(nl="/mijn-dossier/<key>/gesprek.ics", fr="/mon-dossier/<key>/entretien.ics")
def calendar(key: str) -> Response:
    """The appointment as a calendar file, or its cancellation; empty when there never was one."""
    application = application_access(key, sign_in, Right.READ).application
    interview, slot = files.appointment_of(application.id)
    if interview is None:
        raise NotFound
    url = mailed_address("interviews_applicant.choose", lang=locale(), key=key)
    off = None if slot else tables.called_off(interview)
    entries = [of_applicant(application, slot, url)] if slot else []
    entries += [off_for_applicant(application, off, url)] if off else []
    return calendars.calendar(entries, name=_("Interview with Coopcity"), language=REGIONS[locale()], url=canonical())


def _show(
    application: Application,
    form: ChooseForm,
    interview: Interview | None = None,
    mine: Slot | None = None,
    off: CalledOff | None = None,
) -> str:
    at, plan = clock.now(), files.plan_of(application.call_id)
    may_change = bool(mine and application.state == State.INTERVIEW and may_choose(mine.starts_at, at, plan.notice))
    may_begin = bool(interview and not mine and is_open(application.state, interview.choose_by, clock.day_of(at)))
    slots = slots_queries.free_for(application, at + plan.notice) if may_change or may_begin else []
    form.offer(slots)
    return render_template(
        "interviews/applicant/choose.html",
        application=application,
        form=form,
        interview=interview,
        mine=mine,
        slots=slots,
        may_change=may_change,
        may_begin=may_begin,
        held_in=HELD_IN,
        over=bool(mine and mine.ends_at <= at),
        change_by=mine.starts_at - plan.notice if mine else None,
        notice_hours=plan.notice_hours,
        off=off,
        is_open=application.state == State.INTERVIEW,
        sentence=SENTENCES[State(application.state)],
    )
