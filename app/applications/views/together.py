"""The team of an application: list, invite, remove."""

from typing import Any

from flask import flash, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import confirmed_people, person, sign_in
from app.applications.access import ApplicationAccess, application_access, member_of
from app.applications.actions import team as team_actions
from app.applications.forms import EmptyForm, InviteForm
from app.applications.queries import around
from app.applications.rules.team import ROLE_NAMES, Right, Role
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import normal_email
from app.core.http.limits import rate_limit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number

bp = AppBlueprint("applications_together", __name__, guard=confirmed_people)

REMOVED = "removed_member"


@bp.page(nl="/mijn-dossier/<key>/ploeg", fr="/mon-dossier/<key>/equipe", methods=("GET", "POST"))
@rate_limit("30 per hour")
@keeps_unsent
def team(key: str) -> Any:
    access = application_access(key, sign_in, Right.READ if request.method != "POST" else Right.OWN)
    form = InviteForm(role=Role.WRITER)
    if form.validate_on_submit():
        email = normal_email(form.email.data or "") or ""
        try:
            team_actions.invite(
                access.application,
                email,
                name=form.name.data or "",
                role=Role(form.role.data),
                by=person,
                at=clock.now(),
            )
        except Conflict:
            if not team_actions.may_invite(access.application, at=clock.now()):
                return _show(access, form), 409  # the page says why
            form.email.errors = [_("This person is the owner already, or the file has as many people as it can have")]
            return _show(access, form), 422
        flash(_("An invitation is on its way to %(email)s.", email=email))
        return redirect_after_post(url_for(".team", key=key))
    return _show(access, form), (422 if form.is_submitted() else 200)


@bp.page(
    nl="/mijn-dossier/<key>/ploeg/weg/<member>",
    fr="/mon-dossier/<key>/equipe/retirer/<member>",
    methods=("GET", "POST"),
)
def remove_member(key: str, member: str) -> Any:
    """The owner removes a member, or a member leaves; asks first, and the owner may undo it."""
    person_id = sent_number(member)
    leaves = person_id == sign_in.person_id
    access = application_access(key, sign_in, Right.READ if leaves else Right.OWN)
    found = member_of(access.application, person_id)
    if request.method != "POST":
        return render_template(
            "applications/together/remove_member.html",
            application=access.application,
            access=access,
            member=found,
            leaves=leaves,
            role_names=ROLE_NAMES,
        )
    if not EmptyForm().validate():
        raise Conflict("form")
    removed = team_actions.remove_member(access.application, found, by=person, at=clock.now())
    if leaves:
        flash(_("You have left this file."))
        return redirect_after_post(url_for("applications_applicant.my_files"))
    # Only the owner can undo: a member who left could otherwise return with an old cookie after the owner removed them.
    session[REMOVED] = {"file": key, "person": removed.person_id, "name": found.shown_name, "values": removed.values}
    return redirect_after_post(url_for(".team", key=key))


@bp.page(nl="/mijn-dossier/<key>/ploeg/terug", fr="/mon-dossier/<key>/equipe/reprendre", methods=("POST",))
def take_back(key: str) -> Any:
    """Undo the last removal of this session."""
    application, last = application_access(key, sign_in, Right.OWN).application, session.get(REMOVED)
    if not EmptyForm().validate() or last is None or last["file"] != key:
        raise Conflict("form")
    team_actions.take_back(application, team_actions.Removed(last["person"], last["values"]), by=person, at=clock.now())
    session.pop(REMOVED)
    flash(_("%(name)s works on the file again.", name=last["name"]))
    return redirect_after_post(url_for(".team", key=key))


def _show(access: ApplicationAccess, form: InviteForm) -> str:
    return render_template(
        "applications/together/team.html",
        application=access.application,
        access=access,
        me=sign_in.person_id,
        members=around.members_of(access.application.id),
        may_invite=team_actions.may_invite(access.application, at=clock.now()),
        form=form,
        role_names=ROLE_NAMES,
        removed=_removed(access),
    )


def _removed(access: ApplicationAccess) -> str:
    """The name of the member removed in this session, while it can be undone."""
    last = session.get(REMOVED)
    if not access.is_owner or last is None or last["file"] != access.application.key:
        return ""
    there = {one.person_id for one in around.members_of(access.application.id)}
    return "" if last["person"] in there else last["name"]
