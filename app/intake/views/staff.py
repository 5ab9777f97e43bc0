"""A running call, for the team: dates and form, assisted applications, and rehearsal."""

from datetime import datetime
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import sign_in, staff
from app.core import clock
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form, normal_email
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.formats import moment
from app.core.i18n.language import locale
from app.intake import queries
from app.intake.actions import changes, entering, rehearsing
from app.intake.forms import OnBehalfForm, VersionForm
from app.programmes.forms.dates import DatesForm
from app.programmes.forms.rows import ReasonForm
from app.programmes.models import Call
from app.programmes.queries import team
from app.programmes.rules.calls import TAKES_APPLICATIONS, call_state, closing_step
from app.questionnaires.queries import definition_of, version
from app.questionnaires.rules.comparing import CHANGE_NAMES, compare

bp = AppBlueprint("intake_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/verloop-en-formulier", fr="/equipe/appels/<key>/dates-et-formulaire")
@keeps_unsent
def running(key: str) -> Any:
    return _show(team.call(key))


@bp.page(nl="/team/oproepen/<key>/data", fr="/equipe/appels/<key>/dates", methods=("POST",))
def reschedule(key: str) -> Any:
    """Extend, close early, close now; applicants with an open draft get a letter."""
    found, at = team.call(key), clock.now()
    begin_edit(found, about=f"call:{found.id}")
    form, before = DatesForm(data=DatesForm.data_of(found.opens_at, found.closes_at)), found.closes_at
    if request.form.get("do") == "close" and Form().validate():
        notified = changes.close_now(found, by=sign_in.person, at=at)
    elif form.validate() and form.opens_at:
        notified = changes.reschedule(found, opens_at=form.opens_at, closes_at=form.closes_at, by=sign_in.person, at=at)
    else:
        return _show(found, dates=form), 422
    flash(_what_changed(found, before, notified, at))
    return redirect_after_post(url_for(".running", key=key))


def _what_changed(call: Call, before: datetime | None, notified: int, at: datetime) -> str:
    """The old and the new deadline, and who gets a mail."""
    if call.closes_at == before:
        return _("The dates are kept. The deadline is the same.")
    then, now = (moment(one) if one else _("never") for one in (before, call.closes_at))
    if call.closes_at and call.closes_at <= at:
        said = _("The call closed on %(now)s. Until now it would have closed: %(then)s.", now=now, then=then)
    else:
        said = _("The call closes: %(now)s. Until now: %(then)s.", now=now, then=then)
    mails = ngettext(
        "%(num)s applicant who is writing gets a mail.", "%(num)s applicants who are writing get a mail.", notified
    )
    if not notified:
        mails = _("Nobody was writing, so no mail leaves.")
    return f"{said} {mails}"


@bp.page(nl="/team/oproepen/<key>/formulier", fr="/equipe/appels/<key>/formulaire", methods=("GET", "POST"))
def choose_form(key: str) -> Any:
    """Compare the form of this call with another version, and move the call and its drafts to it."""
    found, form, why = team.call(key), VersionForm(request.values), ReasonForm()
    form.offer(team.versions(), locale())
    frozen, needs_reason = found.judging_frozen_at is not None, found.published_at is not None
    if request.method == "POST" and form.validate() and not frozen and (not needs_reason or _explained(why)):
        moved = changes.use_version(
            found, version(int(form.version.data)), reason=why.reason, by=sign_in.person, at=clock.now()
        )
        flash(
            ngettext(
                "The call asks this form. One draft went over, with all its answers.",
                "The call asks this form. %(num)s drafts went over, with all their answers.",
                moved,
            )
            if moved
            else _("The call asks this form. No draft was being written.")
        )
        return redirect_after_post(url_for(".running", key=key))
    known = form.version.data in {choice.value for choice in form.version.choices}
    if not known:
        return _show(found, versions=None if request.method != "POST" else form), _status()
    here, there = version(found.questionnaire_version_id), version(int(form.version.data))
    page = render_template(
        "intake/staff/choose_form.html",
        call=found,
        why=why,
        here=here,
        there=there,
        changes=compare(definition_of(here), definition_of(there)),
        change_names=CHANGE_NAMES,
        drafts=len(queries.drafts_of(found.id)),
        form=form,
    )
    return page, 409 if frozen and request.method == "POST" else _status()


@bp.page(
    nl="/team/oproepen/<key>/formulieren-vergelijken", fr="/equipe/appels/<key>/comparer-formulaires", methods=("POST",)
)
def compare_form(key: str) -> Any:
    """Lead to the comparison with the chosen version; what is typed on the page beside it is kept."""
    found = team.call(key)
    form = VersionForm(version=str(found.questionnaire_version_id))
    form.offer(team.versions(), locale())
    if not form.validate():
        return _show(found, versions=form), 422
    return redirect_after_post(url_for(".choose_form", key=key, version=form.version.data))


@bp.page(nl="/team/oproepen/<key>/uitproberen", fr="/equipe/appels/<key>/essayer", methods=("POST",))
def try_out(key: str) -> Any:
    """Start a test application, which counts nowhere."""
    if not Form().validate():
        raise Conflict("form")
    made = entering.try_out(team.call(key), by=sign_in.person, at=clock.now())
    return redirect_after_post(url_for("applications_applicant.tasks", key=made.key))


@bp.page(nl="/team/oproepen/<key>/doorspelen", fr="/equipe/appels/<key>/repetition", methods=("POST",))
def play(key: str) -> Any:
    """Rehearse the whole call with fabricated applicants, then show the report."""
    if not Form().validate():
        raise Conflict("form")
    made = rehearsing.play(team.call_with_everything(key), by=sign_in.person, at=clock.now())
    return redirect_after_post(url_for(".report", play_key=made.key))


@bp.page(nl="/team/oproepen/generale/<play_key>", fr="/equipe/appels/generale/<play_key>")
def report(play_key: str) -> str:
    found = queries.play_by_key(play_key)
    lines = found.report["lines"]
    return render_template(
        "intake/staff/report.html", play=found, lines=lines, wrong=[one for one in lines if not one["fine"]]
    )


@bp.page(nl="/team/oproepen/<key>/namens", fr="/equipe/appels/<key>/au-nom-de", methods=("GET", "POST"))
def on_behalf(key: str) -> Any:
    found, at, form = team.call(key), clock.now(), OnBehalfForm(language=locale())
    if found.published_at is None or call_state(found.opens_at, found.closes_at, at) not in TAKES_APPLICATIONS:
        flash(_("This call is not open: nobody can start a file."))
        return redirect_after_post(url_for(".running", key=key)) if form.is_submitted() else _show(found)
    if form.validate_on_submit():
        email = normal_email(form.email.data or "") or ""
        made = entering.start_on_behalf(
            found, email=email, name=form.name.data or "", language=form.language.data, by=sign_in.person, at=at
        )
        return redirect_after_post(url_for("applications_applicant.tasks", key=made.key))
    answer = render_template("intake/staff/on_behalf.html", call=found, form=form)
    return answer, (422 if form.is_submitted() else 200)


def _explained(why: ReasonForm) -> bool:
    """True when a public reason is given."""
    return why.validate() and why.is_given()


def _status() -> int:
    return 200 if request.method != "POST" else 422


def _show(found: Call, *, dates: DatesForm | None = None, versions: VersionForm | None = None) -> str:
    at = clock.now()
    if versions is None:
        versions = VersionForm(version=str(found.questionnaire_version_id))
        versions.offer(team.versions(), locale())
    state = call_state(found.opens_at, found.closes_at, at)
    return render_template(
        "intake/staff/running.html",
        call=found,
        state=state,
        closing_line=closing_step(found.steps, found.closes_at),
        dates=dates or DatesForm(data=DatesForm.data_of(found.opens_at, found.closes_at)),
        versions=versions,
        drafts=len(queries.drafts_of(found.id)),
        plays=queries.plays_of(found.id),
        may_start=found.published_at is not None and state in TAKES_APPLICATIONS,
    )
