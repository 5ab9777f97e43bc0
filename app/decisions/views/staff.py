"""Decisions for staff: decide each file in private, then tell those chosen, all at once."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.access import handed_in_application
from app.applications.forms import EmptyForm
from app.applications.models import Application
from app.applications.rules import STATE_NAMES, State
from app.core import clock
from app.core.errors import Conflict
from app.core.i18n import site_address
from app.core.web import Room, see
from app.decisions import actions, queries
from app.decisions.forms import DecisionForm

MOST_ROWS = 200

room = Room("decisions_staff", __name__, guard=staff)


@room.page(nl="/team/beslissingen", fr="/equipe/decisions")
def decisions() -> Any:
    return _overview(EmptyForm(), problem="")


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
    form = EmptyForm()
    chosen = [int(one) for one in request.form.getlist("decision") if one.isascii() and one.isdigit()]
    if not form.validate_on_submit() or not chosen:
        return _overview(form, problem=_("Tick the decisions that may go out now")), 422
    found = queries.untold(chosen)
    if len(found) != len(set(chosen)):
        raise Conflict("told")
    count = actions.tell(found, by=person, url_of=_status_address, at=clock.now())
    flash(ngettext("%(num)s applicant is being told.", "%(num)s applicants are being told.", count))
    return see(url_for(".decisions"))


def _overview(form: EmptyForm, *, problem: str) -> str:
    return render_template(
        "decisions/staff/decisions.html",
        undecided=queries.undecided(MOST_ROWS),
        untold=queries.untold(),
        told=queries.recently_told(MOST_ROWS),
        state_names=STATE_NAMES,
        form=form,
        problem=problem,
    )


def _status_address(application: Application) -> str:
    return site_address() + url_for("applications_applicant.status", lang=application.language, key=application.key)
