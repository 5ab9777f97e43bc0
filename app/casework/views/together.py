"""One action for several applications; each page shows what will happen before it happens."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.models import Application
from app.applications.rules.states import STATE_NAMES, State
from app.casework import actions
from app.casework.forms import StepTogetherForm, TagForm, UntagForm, WriteTogetherForm
from app.casework.queries import ahead
from app.casework.queries import list as list_queries
from app.casework.queries import readings as readings_queries
from app.casework.rules import moves_together
from app.core import clock
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import mailed_address

bp = AppBlueprint("casework_together", __name__, guard=staff)


@bp.page(nl="/team/kandidaturen/samen/stap", fr="/equipe/candidatures/ensemble/etape", methods=("GET", "POST"))
def step() -> Any:
    files, form = _chosen(), StepTogetherForm()
    form.offer(moves_together(one.state for one in files))
    form.foresee(ahead.interviews_ahead(files))
    if files and form.validate_on_submit():
        to = State(form.to.data)
        actions.move_together(files, to, by=person, url_of=_status, at=clock.now())
        return _done(files, _("moved to: %(state)s", state=STATE_NAMES[to]))
    return render_template("casework/together/step.html", **_shown(files, form)), _code(files)


@bp.page(nl="/team/kandidaturen/samen/label", fr="/equipe/candidatures/ensemble/etiquette", methods=("GET", "POST"))
def tag() -> Any:
    files, form = _chosen(), TagForm()
    if files and form.validate_on_submit():
        actions.tag(files, form.name.data or "", by=person, at=clock.now())
        return _done(files, _("tagged: %(tag)s", tag=form.name.data))
    return render_template("casework/together/tag.html", **_shown(files, form)), _code(files)


@bp.page(
    nl="/team/kandidaturen/samen/zonder-label",
    fr="/equipe/candidatures/ensemble/sans-etiquette",
    methods=("GET", "POST"),
)
def untag() -> Any:
    files, form = _chosen(), UntagForm()
    form.offer(sorted({tag for tags in list_queries.tags_of([one.id for one in files]).values() for tag in tags}))
    if files and form.validate_on_submit():
        actions.untag(files, int(form.tag.data), by=person, at=clock.now())
        return _done(files, _("the tag is off"))
    return render_template("casework/together/untag.html", **_shown(files, form)), _code(files)


@bp.page(nl="/team/kandidaturen/samen/bericht", fr="/equipe/candidatures/ensemble/message", methods=("GET", "POST"))
def write() -> Any:
    files, form = _chosen(), WriteTogetherForm()
    if files and form.validate_on_submit() and not form.lacks({one.language for one in files}):
        actions.write_together(files, form.words(), by=person, at=clock.now())
        return _done(files, _("written to"))
    return render_template("casework/together/write.html", **_shown(files, form)), _code(files)


def _chosen() -> list[Application]:
    """The selected applications that the colleague may see, from the address or the form."""
    return list_queries.chosen(request.values.getlist("file"), person.id)


def _shown(files: list[Application], form: Any) -> dict[str, Any]:
    readings = readings_queries.readings_of(one.id for one in files)
    return {"files": files, "form": form, "state_names": STATE_NAMES, "readings": readings}


def _code(files: list[Application]) -> int:
    """The status of the answer. Without a selection there is no field to correct: a message says that nothing
    happened.
    """
    return 422 if request.method == "POST" and files else 200


def _done(files: list[Application], action: str) -> Any:
    flash(ngettext("%(num)s application: %(action)s.", "%(num)s applications: %(action)s.", len(files), action=action))
    return redirect_after_post(url_for("casework_staff.applications"))


def _status(application: Application) -> str:
    return mailed_address("applications_applicant.status", lang=application.language, key=application.key)
