"""Accept or decline an invitation to work on an application."""

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.guards import confirmed_people, person
from app.accounts.queries import names
from app.applications.access import invitation_to
from app.applications.actions import team
from app.applications.forms import EmptyForm
from app.applications.queries import around
from app.applications.rules.team import ROLE_NAMES
from app.core import clock
from app.core.errors import Conflict
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale

TEAM = _l(
    "The page that you want to open shows who works on an application for %(call)s. Names and addresses are shown once "
    "you have confirmed your own address: fill it in, open the link in the mail, and you come to that page."
)
REASONS = {
    "applications_together.team": TEAM,
    "applications_together.remove_member": TEAM,
    "applications_invited.invitation": _l(
        "This is about an invitation to work on an application for %(call)s. Once the address is confirmed to which it "
        "was sent, you read who invites you, and accept or decline."
    ),
}

bp = AppBlueprint("applications_invited", __name__, guard=confirmed_people)


@bp.page(nl="/mijn-dossier/<key>/uitnodiging", fr="/mon-dossier/<key>/invitation", methods=("GET", "POST"))
def invitation(key: str) -> Any:
    """Shows nothing but the name of the application before the invitation is accepted."""
    application, member = invitation_to(key, person.id)
    if request.method == "POST":
        if not EmptyForm().validate():
            raise Conflict("form")
        return _answered(application, member)
    return render_template(
        "applications/invited/invitation.html",
        application=application,
        member=member,
        sender=names([member.invited_by_id])[member.invited_by_id] if member.invited_by_id else "",
        role_names=ROLE_NAMES,
        may_accept=team.may_accept(application, person),
        works_here=bool(person.grants),
    )


def _answered(application: Any, member: Any) -> Any:
    if request.form.get("do") == "accept":
        team.accept(application, member, by=person, at=clock.now())
        flash(_("You now work on this file."))
        return redirect_after_post(url_for("applications_applicant.tasks", key=application.key))
    team.remove_member(application, member, by=person, at=clock.now())
    flash(_("You have declined the invitation."))
    return redirect_after_post(url_for("applications_applicant.my_files"))


def why_sign_in(endpoint: str, values: Mapping[str, Any]) -> str:
    """Why the pages about the team ask for a confirmed address; names the call, never a person or a project."""
    reason = REASONS.get(endpoint)
    title = around.call_titled(str(values.get("key"))) if reason else None
    return str(reason % {"call": title[locale()]}) if reason and title else ""
