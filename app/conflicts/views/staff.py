"""Conflicts of interest for the team: everything of one call, and stepping back from a file."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.conflicts import actions
from app.conflicts.access import conflict_for, file_for
from app.conflicts.forms import AddForm, OwnForm, SettleForm
from app.conflicts.queries import standing
from app.conflicts.rules.standing import SIGN_NAMES, STANDING_NAMES, Sign, Standing
from app.core import clock
from app.core.errors import Conflict, Missing
from app.core.http.web import AppBlueprint, see
from app.core.text.cleaning import sent_number
from app.programmes.queries import team

bp = AppBlueprint("conflicts_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/belangenconflicten", fr="/equipe/appels/<key>/conflits", methods=("GET", "POST"))
def conflicts(key: str) -> Any:
    found, form = team.call(key), AddForm()
    form.offer(standing.whoever_may_be_too_close())
    if form.validate_on_submit():
        file = standing.file_of_call(found.id, form.wanted, for_person=person.id)
        if file is not None:
            actions.say(
                file.id, form.person_id, Standing.CONFIRMED, words=form.words.data or "", by=person, at=clock.now()
            )
            flash(_("The conflict is kept. The file is hidden from this person."))
            return see(url_for(".conflicts", key=key))
        form.say_unknown()
    return render_template(
        "conflicts/staff/conflicts.html",
        call=found,
        rows=standing.board(found.id, for_person=person.id),
        invitations=standing.invitations_to_judge(found.id, for_person=person.id),
        form=form,
        sign_names=SIGN_NAMES,
        standing_names=STANDING_NAMES,
    ), (422 if form.is_submitted() else 200)


@bp.page(
    nl="/team/oproepen/<key>/belangenconflicten/<number>",
    fr="/equipe/appels/<key>/conflits/<number>",
    methods=("POST",),
)
def settle(key: str, number: str) -> Any:
    found, form = team.call(key), SettleForm()
    conflict = conflict_for(sent_number(number), found.id, person)
    if not form.validate() or form.standing is None or form.was.data != conflict.standing:
        raise Conflict(conflict.standing)
    actions.settle(conflict, form.standing, by=person, at=clock.now())
    hidden = form.standing is Standing.CONFIRMED
    flash(
        _("The conflict is confirmed: the file stays hidden.") if hidden else _("No conflict: the file is open again.")
    )
    return see(url_for(".conflicts", key=key))


@bp.page(
    nl="/team/oproepen/<key>/uitnodiging/<number>",
    fr="/equipe/appels/<key>/invitation/<number>",
    methods=("POST",),
)
def judge(key: str, number: str) -> Any:
    """Say whether a reader or colleague whom an applicant invited is too close to the file."""
    found, form = team.call(key), SettleForm()
    open_ones = {row.Member.id: row.Member for row in standing.invitations_to_judge(found.id, for_person=person.id)}
    member = open_ones.get(sent_number(number))
    if member is None:
        raise Missing
    if not form.validate() or form.standing is None:
        raise Conflict("form")
    actions.say(member.application_id, member.person_id, form.standing, sign=Sign.INVITED, by=person, at=clock.now())
    hidden = form.standing is Standing.CONFIRMED
    flash(_("The conflict is kept. The file is hidden from this person.") if hidden else _("No conflict: noted."))
    return see(url_for(".conflicts", key=key))


@bp.page(
    nl="/team/kandidaturen/<key>/belangenconflict",
    fr="/equipe/candidatures/<key>/conflit-d-interets",
    methods=("GET", "POST"),
)
def own(key: str) -> Any:
    """A colleague is too close to a file: it disappears for them, until another colleague says otherwise."""
    found, form = file_for(key, person), OwnForm()
    if form.validate_on_submit():
        actions.say(found.id, person.id, Standing.CONFIRMED, words=form.words.data or "", by=person, at=clock.now())
        flash(_("You stepped back from this file: it is hidden from you."))
        return see(url_for(".conflicts", key=found.call.key))
    answer = render_template("conflicts/staff/own.html", application=found, form=form)
    return answer, (422 if form.is_submitted() else 200)
