"""The team's inbox."""

from typing import Any

from flask import render_template, request

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.contact import actions, queries
from app.contact.forms import EmptyForm
from app.core import clock
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES

MOST = 200

bp = AppBlueprint("contact_staff", __name__, guard=staff)


@bp.page(nl="/team/berichten", fr="/equipe/messages")
def messages() -> str:
    return render_template("contact/staff/messages.html", messages=queries.messages(MOST))


@bp.page(nl="/team/berichten/<key>", fr="/equipe/messages/<key>", methods=("GET", "POST"))
def message(key: str) -> Any:
    found = queries.message(key)
    if found is None:
        raise NotFound
    if EmptyForm().validate_on_submit():
        action = actions.reopen if request.form.get("deed") == "reopen" else actions.handle
        action(found, by=person, at=clock.now())
        return redirect_after_post(request.path)
    handler = names([found.handled_by_id]) if found.handled_by_id else {}
    return render_template(
        "contact/staff/message.html",
        message=found,
        handler=handler.get(found.handled_by_id or 0, ""),
        language_names=LANGUAGE_NAMES,
    )
