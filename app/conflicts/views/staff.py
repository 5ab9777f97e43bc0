"""Conflicts of interest of one call for the team, and declaring one's own."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.conflicts import actions
from app.conflicts.access import conflict_for, file_for
from app.conflicts.forms import AddForm, OwnForm, ResolveForm
from app.conflicts.queries import status
from app.conflicts.rules.status import SIGNAL_NAMES, STATUS_NAMES, ConflictSignal, ConflictStatus
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number
from app.programmes.queries import team

bp = AppBlueprint("conflicts_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/belangenconflicten", fr="/equipe/appels/<key>/conflits", methods=("GET", "POST"))
@keeps_unsent
def conflicts(key: str) -> Any:
    found, form = team.call(key), AddForm()
    form.offer(status.people_with_possible_conflicts())
    if form.validate_on_submit():
        file = status.file_of_call(found.id, form.wanted, for_person=person.id)
        if file is not None:
            actions.record_conflict(
                file.id,
                form.person_id,
                ConflictStatus.CONFIRMED,
                explanation=form.words.data or "",
                by=person,
                at=clock.now(),
            )
            flash(_("The conflict is kept. The file is hidden from this person."))
            return redirect_after_post(url_for(".conflicts", key=key))
        form.say_unknown()
    return render_template(
        "conflicts/staff/conflicts.html",
        call=found,
        rows=status.board(found.id, for_person=person.id),
        invitations=status.invitations_to_judge(found.id, for_person=person.id),
        form=form,
        signal_names=SIGNAL_NAMES,
        status_names=STATUS_NAMES,
    ), (422 if form.is_submitted() else 200)


@bp.page(
    nl="/team/oproepen/<key>/belangenconflicten/<number>",
    fr="/equipe/appels/<key>/conflits/<number>",
    methods=("POST",),
)
def resolve(key: str, number: str) -> Any:
    found, form = team.call(key), ResolveForm()
    conflict = conflict_for(sent_number(number), found.id, person)
    was = request.form.get(f"was-{conflict.id}")  # its status when the page was shown
    if not form.validate() or form.status is None or was != conflict.status:
        raise Conflict(conflict.status)
    actions.resolve(conflict, form.status, by=person, at=clock.now())
    hidden = form.status is ConflictStatus.CONFIRMED
    flash(
        _("The conflict is confirmed: the file stays hidden.") if hidden else _("No conflict: the file is open again.")
    )
    return redirect_after_post(url_for(".conflicts", key=key))


@bp.page(
    nl="/team/oproepen/<key>/uitnodiging/<number>",
    fr="/equipe/appels/<key>/invitation/<number>",
    methods=("POST",),
)
def judge(key: str, number: str) -> Any:
    """Decide whether an invited reviewer or colleague is in conflict with the application."""
    found, form = team.call(key), ResolveForm()
    open_ones = {row.Member.id: row.Member for row in status.invitations_to_judge(found.id, for_person=person.id)}
    member = open_ones.get(sent_number(number))
    if member is None:
        raise NotFound
    if not form.validate() or form.status is None:
        raise Conflict("form")
    actions.record_conflict(
        member.application_id, member.person_id, form.status, signal=ConflictSignal.INVITED, by=person, at=clock.now()
    )
    hidden = form.status is ConflictStatus.CONFIRMED
    flash(_("The conflict is kept. The file is hidden from this person.") if hidden else _("No conflict: noted."))
    return redirect_after_post(url_for(".conflicts", key=key))


@bp.page(
    nl="/team/kandidaturen/<key>/belangenconflict",
    fr="/equipe/candidatures/<key>/conflit-d-interets",
    methods=("GET", "POST"),
)
def own(key: str) -> Any:
    """A colleague declares a conflict: the application is hidden from them until another colleague decides
    otherwise.
    """
    found, form = file_for(key, person), OwnForm()
    if form.validate_on_submit():
        actions.record_conflict(
            found.id, person.id, ConflictStatus.CONFIRMED, explanation=form.words.data or "", by=person, at=clock.now()
        )
        flash(_("You stepped back from this file: it is hidden from you."))
        return redirect_after_post(url_for(".conflicts", key=found.call.key))
    answer = render_template("conflicts/staff/own.html", application=found, form=form)
    return answer, (422 if form.is_submitted() else 200)
