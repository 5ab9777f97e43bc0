"""Remove an attachment, after a confirmation page."""

from typing import Any

from flask import render_template, request, session, url_for

from app.accounts.guards import applicants, person, sign_in
from app.applications.access import application_access, attachment_of
from app.applications.actions import common as common_actions
from app.applications.actions import removing
from app.applications.forms import REMOVED, EmptyForm
from app.applications.queries import files
from app.applications.rules.team import Right
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.web import AppBlueprint, redirect_after_post

bp = AppBlueprint("applications_removing", __name__, guard=applicants)

MOST_REMEMBERED = 10


@bp.page(
    nl="/mijn-dossier/<key>/weg/<part>/<file_key>",
    fr="/mon-dossier/<key>/retirer/<part>/<file_key>",
    methods=("GET", "POST"),
)
def remove_file(key: str, part: str, file_key: str) -> Any:
    application = application_access(key, sign_in, Right.WRITE).application
    found, file = attachment_of(application, file_key), files.open_file(application)
    if found.question not in file.open_keys or found.question not in _questions_of(file, part):
        raise NotFound
    if not common_actions.can_edit(application, at=clock.now()):
        raise Conflict("closed")
    if request.method != "POST":
        return render_template(
            "applications/removing/remove_file.html", application=application, attachment=found, part=part
        )
    if not EmptyForm().validate():
        raise Conflict("form")
    removing.detach(application, found, by=person, at=clock.now())
    session[REMOVED] = [*session.get(REMOVED, []), found.key][-MOST_REMEMBERED:]
    return redirect_after_post(url_for("applications_writer.section", key=key, part=part))


def _questions_of(file: files.File, part: str) -> set[str]:
    section = next((one for one in file.to_write() if one.key == part), None)
    return {question.key for question in section.questions} if section else set()
