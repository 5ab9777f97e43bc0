"""Assign applications: by hand, several at once, or balanced; and notify reviewers."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.models import Application
from app.conflicts.queries.hidden import people_in_conflict
from app.conflicts.rules.status import SIGNAL_NAMES
from app.core import clock
from app.core.belgium.lists import SECTORS
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale
from app.core.text.merging import merged_ticks
from app.programmes.models import Call
from app.programmes.queries import team
from app.reviewers.access import file_in
from app.reviewers.actions import assigning, notifying
from app.reviewers.forms import AssignmentForm, numbers
from app.reviewers.models import Reviewer
from app.reviewers.queries import assignment, load, people
from app.reviewers.queries.load import Load
from app.reviewers.rules.plan import cap_of
from app.reviewers.rules.reasons import REMOVALS, SHORTAGES, why_words

LONGEST_REFERENCE = 40

bp = AppBlueprint("reviewers_assigning", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/lezers/dossiers", fr="/equipe/appels/<key>/lecteurs/dossiers")
def files(key: str) -> str:
    found = team.call(key)
    after = request.args.get("after", "").replace("\x00", "")[:LONGEST_REFERENCE]
    rows = load.files_page(found.id, after, for_person=person.id)
    shown = rows[: load.PAGE_SIZE]
    more = url_for(".files", key=key, after=shown[-1].reference) if len(rows) > len(shown) else ""
    return render_template(
        "reviewers/assigning/files.html",
        call=found,
        rows=shown,
        next_page=more,
        readings=_by_file(shown),
        reviewers=_here(found),
        wanted=people.plan_of(found.id).readings,
    )


@bp.page(
    nl="/team/oproepen/<key>/lezers/dossiers/toewijzen",
    fr="/equipe/appels/<key>/lecteurs/dossiers/attribuer",
    methods=("GET", "POST"),
)
def give(key: str) -> Any:
    """Assign the selected applications to the selected reviewers, after a confirmation page."""
    found = team.call(key)
    keys = set(request.values.getlist("file"))
    chosen = load.files_at(found.id, keys, for_person=person.id) if len(keys) <= load.PAGE_SIZE else []
    picked = [one for one in _here(found) if one.id in numbers(request.values, "reader")]
    if request.method == "POST":
        if not Form().validate() or not chosen or not picked:
            raise Conflict("form")
        new, refused = assigning.give(chosen, picked, by=person, at=clock.now())
        flash(ngettext("%(num)s reading is given.", "%(num)s readings are given.", new))
        if refused:
            flash(
                ngettext(
                    "%(num)s was not given: a conflict of interest.",
                    "%(num)s were not given: a conflict of interest.",
                    len(refused),
                )
            )
        return redirect_after_post(url_for(".files", key=key))
    has = {(row.application_id, row.reviewer_id) for row in load.readings_of([file.id for file in chosen])}
    away = people_in_conflict([file.id for file in chosen])
    lines = [(file, one, _remark(file, one, has, away)) for file in chosen for one in picked]
    return render_template(
        "reviewers/assigning/give.html",
        call=found,
        lines=lines,
        files=chosen,
        reviewers=picked,
        new=sum(code in ("", "language") for _file, _one, code in lines),
    )


@bp.page(
    nl="/team/oproepen/<key>/lezers/dossiers/<file_key>",
    fr="/equipe/appels/<key>/lecteurs/dossiers/<file_key>",
    methods=("GET", "POST"),
)
def file(key: str, file_key: str) -> Any:
    found = team.call(key)
    chosen = file_in(found, file_key, person)
    if request.method == "POST":
        if not Form().validate():
            raise Conflict("form")
        begin_edit(chosen)
        stored = {row.reviewer_id for row in load.readings_of([chosen.id])}
        shown = numbers(request.form, "reader-seen") if "reader-seen" in request.form else stored
        wanted = merged_ticks(numbers(request.form, "reader"), seen=shown, stored=stored)
        picked = [one for one in _here(found) if one.id in wanted]
        _added, _gone, refused = assigning.choose(chosen, picked, by=person, at=clock.now())
        flash(_("Not everybody: a conflict of interest.") if refused else _("The readers of this file are kept."))
        return redirect_after_post(url_for(".files", key=key))
    plan, loads = people.plan_of(found.id), load.loads(found.id, for_person=person.id)
    away = people_in_conflict([chosen.id]).get(chosen.id, set())
    readings = {row.reviewer_id: row for row in load.readings_of([chosen.id])}
    lines = [
        {
            "reviewer": one,
            "load": loads.get(one.id, Load()),
            "cap": cap_of(one.most_files, plan.most_files),
            "reads": chosen.language in one.speaks,
            "knows": [SECTORS[code].name[locale()] for code in one.expertise.split() if code in SECTORS],
            "away": one.person_id in away,
            "row": readings.get(one.id),
            "why": why_words(readings[one.id].why, locale()) if one.id in readings else "",
        }
        for one in _here(found)
    ]
    return render_template("reviewers/assigning/file.html", call=found, application=chosen, lines=lines, plan=plan)


@bp.page(
    nl="/team/oproepen/<key>/lezers/verdelen", fr="/equipe/appels/<key>/lecteurs/repartir", methods=("GET", "POST")
)
def assign_balanced(key: str) -> Any:
    """Show the balanced plan; carry it out as shown, or not at all."""
    found, form = team.call(key), AssignmentForm()
    if request.method == "POST":
        if not form.validate():
            raise Conflict("form")
        done = assigning.assign_balanced(found.id, form.digest.data or "", by=person, at=clock.now())
        flash(
            _("The files are spread. Tell the readers when you are ready.")
            if done
            else _("Something changed meanwhile, so nothing is done yet. This is the plan as it is now.")
        )
        return redirect_after_post(url_for(".assign_balanced" if not done else "reviewers_staff.reviewers", key=key))
    made = assignment.assignment_proposal(found.id)
    seen = {id for id in made.files if person.id not in made.hidden.get(id, set())}
    return render_template(
        "reviewers/assigning/assign_balanced.html",
        call=found,
        made=made,
        added=[(one, why_words(one.why, locale())) for one in made.proposal.added if one.file in seen],
        removed=[one for one in made.proposal.removed if one.file in seen],
        short=[one for one in made.proposal.short if one.file in seen],
        signals=[one for one in made.signs if one[0] in seen],
        silenced={one for one in made.silenced if one[0] in seen},
        signal_names=SIGNAL_NAMES,
        removal_words=REMOVALS,
        shortage_words=SHORTAGES,
        plan=made.plan,
    )


@bp.page(
    nl="/team/oproepen/<key>/lezers/verwittigen", fr="/equipe/appels/<key>/lecteurs/prevenir", methods=("GET", "POST")
)
def notify(key: str) -> Any:
    """Show who will be mailed about new assignments, then mail them."""
    found = team.call(key)
    if request.method == "POST":
        if not Form().validate():
            raise Conflict("form")
        notified = notifying.notify_reviewers(found, by=person, at=clock.now())
        flash(ngettext("%(num)s reader is told.", "%(num)s readers are told.", notified))
        return redirect_after_post(url_for("reviewers_staff.reviewers", key=key))
    rows = [(one, len(new)) for one, new in load.not_notified(found.id).items()]
    return render_template("reviewers/assigning/notify.html", call=found, rows=rows, plan=people.plan_of(found.id))


def _here(found: Call) -> list[Reviewer]:
    return [one for one in people.reviewers_of(found.id) if one.left_at is None]


def _by_file(rows: list[Any]) -> dict[int, list[Any]]:
    by_file: dict[int, list[Any]] = {row.id: [] for row in rows}
    for one in load.readings_of(by_file):
        if one.counts and (one.left_at is None or one.done):
            by_file[one.application_id].append(one)
    return by_file


def _remark(file: Application, one: Reviewer, has: set[tuple[int, int]], away: dict[int, set[int]]) -> str:
    """A remark on assigning this application to this reviewer."""
    if one.person_id in away.get(file.id, set()):
        return "conflict"
    if (file.id, one.id) in has:
        return "has"
    return "" if file.language in one.speaks else "language"
