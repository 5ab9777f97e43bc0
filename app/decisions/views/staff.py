"""Decisions for staff: decide each file in private, then tell those chosen, all at once."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.access import handed_in_application
from app.applications.rules import STATE_NAMES, State
from app.core import clock
from app.core.errors import Conflict
from app.core.i18n import site_address
from app.core.text import sent_number
from app.core.web import Room, see
from app.decisions import actions, queries
from app.decisions.forms import DecisionForm, TellForm
from app.decisions.jobs import place_address
from app.decisions.models import Decision
from app.decisions.rules import TIME_TO_ANSWER

MOST_ROWS = 200

room = Room("decisions_staff", __name__, guard=staff)


@room.page(nl="/team/beslissingen", fr="/equipe/decisions")
def decisions() -> Any:
    today = clock.day_of(clock.now())
    return _overview(TellForm(data={"answer_by": today + TIME_TO_ANSWER}), {}, set())


@room.page(nl="/team/beslissingen/<key>", fr="/equipe/decisions/<key>", methods=("GET", "POST"))
def decide(key: str) -> Any:
    application = handed_in_application(key)
    taken = queries.decision_of(application.id)
    if application.state != State.JURY or (taken and taken.told_at):
        raise Conflict(application.state)
    form = DecisionForm(obj=taken)
    if form.validate_on_submit():
        actions.take(
            application, State(form.outcome.data), reason=form.reason.data or "", rank=form.rank.data, by=person,
            at=clock.now(),
        )  # fmt: skip
        flash(_("The decision is kept. Nobody has been told yet."))
        return see(url_for(".decisions"))
    return render_template("decisions/staff/decide.html", application=application, taken=taken, form=form), (
        422 if form.is_submitted() else 200
    )


@room.page(nl="/team/beslissingen/meedelen", fr="/equipe/decisions/notifier", methods=("POST",))
def tell() -> Any:
    """Tell the ticked decisions. Nothing ticked means nobody."""
    form, at = TellForm(), clock.now()
    chosen = {sent_number(one) for one in request.form.getlist("decision")}
    form.validate()
    if form.form_errors or "csrf_token" in form.errors or not chosen:
        return _overview(form, {"to-tell": _("Tick the decisions that may go out now")}, chosen), 422
    found = queries.untold(list(chosen))
    if len(found) != len(chosen):
        raise Conflict("told")
    bad_day = form.bad_day(clock.day_of(at)) if any(one.outcome == State.ACCEPTED for one in found) else ""
    if bad_day:
        return _overview(form, {form.answer_by.id: bad_day}, chosen), 422
    count = actions.tell(found, answer_by=form.answer_by.data, by=person, url_of=_address_for, at=at)
    flash(ngettext("%(num)s applicant is being told.", "%(num)s applicants are being told.", count))
    return see(url_for(".decisions"))


def _overview(form: TellForm, problems: dict[str, str], chosen: set[int]) -> str:
    return render_template(
        "decisions/staff/decisions.html",
        undecided=queries.undecided(MOST_ROWS),
        untold=queries.untold(),
        told=queries.recently_told(MOST_ROWS),
        state_names=STATE_NAMES,
        form=form,
        problems=list(problems.items()),
        chosen=chosen,
    )


def _address_for(decision: Decision) -> str:
    """Where the letter leads: to the answer that we wait for, or to the reasons."""
    application = decision.application
    if decision.outcome == State.ACCEPTED:
        return place_address(decision)
    return site_address() + url_for("applications_applicant.status", lang=application.language, key=application.key)
