"""Working on a file with others: who they are, inviting them, letting them go."""

from typing import Any

from flask import flash, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import confirmed_people, person, sign_in
from app.applications.access import Seat, member_of, seat_at
from app.applications.actions import team as team_actions
from app.applications.forms import EmptyForm, InviteForm
from app.applications.queries import around
from app.applications.rules.team import ROLE_NAMES, Right, Role
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import normal_email
from app.core.http.limits import few
from app.core.http.web import AppBlueprint, see
from app.core.text.cleaning import sent_number

bp = AppBlueprint("applications_together", __name__, guard=confirmed_people)

REMOVED = "removed_member"


@bp.page(nl="/mijn-dossier/<key>/ploeg", fr="/mon-dossier/<key>/equipe", methods=("GET", "POST"))
@few("30 per hour")
def team(key: str) -> Any:
    seat = seat_at(key, sign_in, Right.READ if request.method != "POST" else Right.OWN)
    form = InviteForm(role=Role.WRITER)
    if form.validate_on_submit():
        email = normal_email(form.email.data or "") or ""
        try:
            team_actions.invite(
                seat.application, email, name=form.name.data or "", role=Role(form.role.data), by=person, at=clock.now()
            )
        except Conflict:
            form.email.errors = [_("This person is the owner already, or the file has as many people as it can have")]
            return _show(seat, form), 422
        flash(_("An invitation is on its way to %(email)s.", email=email))
        return see(url_for(".team", key=key))
    return _show(seat, form), (422 if form.is_submitted() else 200)


@bp.page(
    nl="/mijn-dossier/<key>/ploeg/weg/<member>",
    fr="/mon-dossier/<key>/equipe/retirer/<member>",
    methods=("GET", "POST"),
)
def let_go(key: str, member: str) -> Any:
    """The owner takes somebody off the file, or somebody leaves it: asked first, and the owner may undo it."""
    person_id = sent_number(member)
    leaves = person_id == sign_in.person_id
    seat = seat_at(key, sign_in, Right.READ if leaves else Right.OWN)
    found = member_of(seat.application, person_id)
    if request.method != "POST":
        return render_template(
            "applications/together/let_go.html",
            application=seat.application,
            seat=seat,
            member=found,
            leaves=leaves,
            role_names=ROLE_NAMES,
        )
    if not EmptyForm().validate():
        raise Conflict("form")
    removed = team_actions.let_go(seat.application, found, by=person, at=clock.now())
    if leaves:
        flash(_("You have left this file."))
        return see(url_for("applications_applicant.my_files"))
    # Only the owner can undo: whoever left would else come back with an old cookie after the owner removed them.
    session[REMOVED] = {"file": key, "person": removed.person_id, "name": found.shown_name, "values": removed.values}
    return see(url_for(".team", key=key))


@bp.page(nl="/mijn-dossier/<key>/ploeg/terug", fr="/mon-dossier/<key>/equipe/reprendre", methods=("POST",))
def take_back(key: str) -> Any:
    """Undo the last removal of this session."""
    application, last = seat_at(key, sign_in, Right.OWN).application, session.get(REMOVED)
    if not EmptyForm().validate() or last is None or last["file"] != key:
        raise Conflict("form")
    team_actions.take_back(application, team_actions.Removed(last["person"], last["values"]), by=person, at=clock.now())
    session.pop(REMOVED)
    flash(_("%(name)s works on the file again.", name=last["name"]))
    return see(url_for(".team", key=key))


def _show(seat: Seat, form: InviteForm) -> str:
    return render_template(
        "applications/together/team.html",
        application=seat.application,
        seat=seat,
        me=sign_in.person_id,
        members=around.members_of(seat.application.id),
        may_invite=team_actions.may_invite(seat.application),
        form=form,
        role_names=ROLE_NAMES,
        removed=_removed(seat),
    )


def _removed(seat: Seat) -> str:
    """The name of whoever was removed from this file in this session, as long as it can be undone."""
    last = session.get(REMOVED)
    if not seat.is_owner or last is None or last["file"] != seat.application.key:
        return ""
    there = {one.person_id for one in around.members_of(seat.application.id)}
    return "" if last["person"] in there else last["name"]
