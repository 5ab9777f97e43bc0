"""The start of an application: name, address and language, then write at once, without a password."""

from datetime import datetime
from typing import Any

from flask import render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts import actions as accounts
from app.accounts.guards import current_sign_in, everyone
from app.accounts.models import SignIn
from app.applications import actions, queries
from app.applications.forms import StartForm
from app.core import clock
from app.core.errors import Missing
from app.core.i18n import also_at, locale, site_address
from app.core.limits import few
from app.core.web import Room, see
from app.programmes import actions as programmes_actions
from app.programmes import queries as programmes
from app.programmes.models import LateCode
from app.programmes.rules import as_written, late_code_opens

room = Room("applications_public", __name__, guard=everyone)


@room.page(nl="/kandidatuur/<slug>", fr="/candidature/<slug>", methods=("GET", "POST"))
@few("30 per hour")
def start(slug: str) -> Any:
    at, known = clock.now(), current_sign_in()
    late = _late_code(slug, at)
    programme = programmes.previewed(late.call.key, at) if late else programmes.programme(slug, locale(), at)
    if programme is None:
        raise Missing
    also_at(slug=programme.slug)
    call = programme.call
    is_open = call is not None and call.takes_applications
    if call is None or not (is_open or late):
        tried = bool(request.values.get("code"))
        return render_template("applications/public/start.html", programme=programme, form=None, tried=tried)
    form = StartForm(language=locale(), **({"name": known.person.name, "email": known.person.email} if known else {}))
    fine = form.validate_on_submit() and not form.is_machine
    if fine and late and not is_open and not late_code_opens(late, form.address, at):
        form.email.errors = [_("This code belongs to another e-mail address")]
        fine = False
    if not fine:
        refused = 422 if form.is_submitted() else 200
        return render_template("applications/public/start.html", programme=programme, form=form, late=late), refused
    return see(_begin(form, call.id, known, None if is_open else late))


def _late_code(slug: str, at: datetime) -> LateCode | None:
    """The code in the address or the form, while it opens a call of this programme."""
    code = programmes.late_code(as_written(request.values.get("code", "")))
    fits = code is not None and code.call.programme.slug[locale()] == slug
    return code if fits and code is not None and code.ended_at is None and at < code.until else None


def _begin(form: StartForm, call_id: int, known: SignIn | None, late: LateCode | None) -> str:
    """The draft, a door to it on this device, and the letter with the way back on another one; where to go on.

    With a late code an open draft of the same person is taken up again; on a device that has not proved the address
    the way to it is the mailed link.
    """
    at, language = clock.now(), form.language.data
    person = accounts.know(form.address, name=form.name.data or "", language=language, at=at)
    if known is None or known.person_id != person.id:
        token, known = accounts.open_door(person, confirmed=False, at=at)
        session["sign_in"] = token
        session["language"] = language
    until = late.until if late else None
    application = queries.draft_of(person.id, call_id) if late else None
    if application is not None:
        application.late_until = until
    else:
        application = actions.start(call_id, by=person, sign_in=known, language=language, at=at, late_until=until)
    if late:
        programmes_actions.use_late_code(late, at=at)
    way_back = accounts.make_link(
        person, next_path=url_for("applications_applicant.tasks", lang=language, key=application.key), at=at,
        lasts=accounts.WAY_BACK_LASTS,
    )  # fmt: skip
    address = site_address() + url_for("accounts_public.open_link", lang=language, token=way_back)
    key = f"started:{application.id}:{late.id}" if late else f"started:{application.id}"
    actions.write(application, "application_started", key=key, to=person, url=address, at=at)
    if known.confirmed or application.started_in_id == known.id:
        return url_for("applications_applicant.tasks", key=application.key)
    return url_for("accounts_public.link_sent")
