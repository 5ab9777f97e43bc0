"""Reviewers of a call for the team: overview, review plan, and each reviewer."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.conflicts.rules.status import IN_SELECTION
from app.core import clock
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.programmes.queries import team
from app.reviewers.access import reviewer_in
from app.reviewers.actions import assigning, notifying
from app.reviewers.actions import people as people_actions
from app.reviewers.forms import EarlierForm, InviteForm, PlanForm, ReviewerForm, numbers
from app.reviewers.models import Reviewer
from app.reviewers.queries import load as load_queries
from app.reviewers.queries import people as people_queries
from app.reviewers.queries.load import Load
from app.reviewers.rules.plan import BLIND_NAMES, cap_of, is_late
from app.reviewers.rules.reasons import why_words

bp = AppBlueprint("reviewers_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/lezers", fr="/equipe/appels/<key>/lecteurs")
def reviewers(key: str) -> str:
    found, at = team.call(key), clock.now()
    plan, loads = people_queries.plan_of(found.id), load_queries.loads(found.id, for_person=person.id)
    rows = [_line(one, plan, loads.get(one.id, Load()), at) for one in people_queries.reviewers_of(found.id)]
    short = load_queries.short_files(found.id, plan.readings, for_person=person.id)
    return render_template(
        "reviewers/staff/reviewers.html",
        call=found,
        plan=plan,
        blind_names=BLIND_NAMES,
        rows=rows,
        here=[row for row in rows if row["reviewer"].left_at is None],
        short=short[: load_queries.MOST_SHORT],
        more=len(short) > load_queries.MOST_SHORT,
        most=max((row["cap"] for row in rows), default=1) or 1,
    )


@bp.page(nl="/team/oproepen/<key>/lezers/leesplan", fr="/equipe/appels/<key>/lecteurs/plan", methods=("GET", "POST"))
def plan(key: str) -> Any:
    found = team.call(key)
    begin_edit(found, about=f"call:{found.id}")
    form = PlanForm(obj=people_queries.plan_of(found.id))
    if form.validate_on_submit():
        people_actions.decide_plan(found, form.plan, by=person, at=clock.now())
        flash(_("The reading plan is kept."))
        return redirect_after_post(url_for(".reviewers", key=key))
    return render_template("reviewers/staff/plan.html", call=found, form=form), _status()


@bp.page(
    nl="/team/oproepen/<key>/lezers/uitnodigen", fr="/equipe/appels/<key>/lecteurs/inviter", methods=("GET", "POST")
)
def invite(key: str) -> Any:
    found, form = team.call(key), InviteForm(language=locale())
    if form.validate_on_submit():
        try:
            people_actions.invite(
                found,
                form.address,
                name=form.name.data or "",
                language=form.language.data,
                reads=form.profile,
                by=person,
                at=clock.now(),
            )
        except Conflict:
            form.say_known()
        else:
            flash(_("The invitation is on its way to %(email)s.", email=form.address))
            return redirect_after_post(url_for(".reviewers", key=key))
    answer = render_template(
        "reviewers/staff/invite.html", call=found, form=form, earlier=people_queries.calls_with_reviewers(but=found.id)
    )
    return answer, _status()


@bp.page(
    nl="/team/oproepen/<key>/lezers/overnemen", fr="/equipe/appels/<key>/lecteurs/reprendre", methods=("GET", "POST")
)
def take_over(key: str) -> Any:
    """Invite reviewers of an earlier call. Without a selection nobody is invited."""
    found, form = team.call(key), EarlierForm(request.values)
    form.offer(people_queries.calls_with_reviewers(but=found.id))
    known = form.call.data in {choice.value for choice in form.call.choices}
    there = people_queries.reviewers_of(team.call(form.call.data).id) if known else []
    here = {one.person_id for one in people_queries.reviewers_of(found.id) if one.left_at is None}
    new = [one for one in there if one.left_at is None and one.person_id not in here]
    if form.validate_on_submit() and known:
        chosen = [one for one in new if one.id in numbers(request.form, "reader")]
        invited = people_actions.take_over(found, chosen, by=person, at=clock.now())
        flash(ngettext("%(num)s person is invited.", "%(num)s people are invited.", invited))
        return redirect_after_post(url_for(".reviewers", key=key))
    answer = render_template("reviewers/staff/take_over.html", call=found, form=form, reviewers=new, chosen=known)
    return answer, _status()


@bp.page(
    nl="/team/oproepen/<key>/lezers/<number>", fr="/equipe/appels/<key>/lecteurs/<number>", methods=("GET", "POST")
)
@keeps_unsent
def reviewer(key: str, number: str) -> Any:
    found = team.call(key)
    one = reviewer_in(found, sent_number(number))
    begin_edit(one, about=f"call:{found.id}")
    form = ReviewerForm(data=ReviewerForm.data_of(one))
    if form.validate_on_submit():
        people_actions.change(one, form.profile, by=person, at=clock.now())
        assigning.detect_conflicts(found.id, at=clock.now())
        flash(_("It is kept."))
        return redirect_after_post(url_for(".reviewers", key=key))
    files = [(row, why_words(row.why, locale())) for row in load_queries.files_of(one.id, for_person=person.id)]
    answer = render_template(
        "reviewers/staff/reviewer.html", call=found, reviewer=one, form=form, files=files, in_selection=IN_SELECTION
    )
    return answer, _status()


@bp.page(
    nl="/team/oproepen/<key>/lezers/<number>/doe", fr="/equipe/appels/<key>/lecteurs/<number>/faire", methods=("POST",)
)
def do(key: str, number: str) -> Any:
    """Invite again, or remove."""
    found = team.call(key)
    one, wanted = reviewer_in(found, sent_number(number)), request.form.get("do")
    if not Form().validate() or wanted not in ("invite_again", "let_go"):
        raise Conflict("form")
    if wanted == "invite_again":
        people_actions.invite_again(one, found, by=person, at=clock.now())
        flash(_("A new invitation is on its way to %(email)s.", email=one.person.email))
    elif people_actions.remove_reviewer(one, by=person.ref, at=clock.now()):
        flash(_("This person gets no more files. What they had not finished is free again; what they did stays."))
    else:
        flash(_("This person reads no more for this call. Their files are free again."))
    return redirect_after_post(url_for(".reviewers", key=key))


@bp.page(
    nl="/team/oproepen/<key>/lezers/herinneren", fr="/equipe/appels/<key>/lecteurs/rappeler", methods=("GET", "POST")
)
def remind(key: str) -> Any:
    """Show who will be reminded, then remind: one reviewer, or all who are late."""
    found, at = team.call(key), clock.now()
    plan, loads = people_queries.plan_of(found.id), load_queries.loads(found.id)
    rows = [_line(one, plan, loads.get(one.id, Load()), at) for one in people_queries.reviewers_of(found.id)]
    waiting = [row for row in rows if row["load"].left and row["reviewer"].left_at is None]
    if request.method == "POST":
        if not Form().validate():
            raise Conflict("form")
        chosen = [row["reviewer"] for row in waiting if row["reviewer"].id in numbers(request.form, "reader")]
        written = notifying.remind(found, chosen, by=person, at=at)
        flash(ngettext("%(num)s reminder is on its way.", "%(num)s reminders are on their way.", written))
        if written < len(chosen):
            flash(_("A reader who was written to today already gets no second reminder."))
        return redirect_after_post(url_for(".reviewers", key=key))
    only = sent_number(request.args.get("reader", ""))
    shown = [row for row in waiting if (row["reviewer"].id == only if only else row["late"])]
    return render_template("reviewers/staff/remind.html", call=found, plan=plan, rows=shown)


def _line(one: Reviewer, plan: Any, load: Load, at: Any) -> dict[str, Any]:
    """One row of the overview."""
    return {
        "reviewer": one,
        "load": load,
        "cap": cap_of(one.most_files, plan.most_files),
        "late": is_late(plan.due_on, clock.day_of(at), load.left),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LOCALES if code in one.speaks],
    }


def _status() -> int:
    return 422 if request.method == "POST" else 200
