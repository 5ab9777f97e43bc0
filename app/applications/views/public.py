"""The start of an application: name, address and language, then write at once, without a password."""

from typing import Any

from flask import render_template, session, url_for

from app.accounts import actions as accounts
from app.accounts.guards import current_sign_in, everyone
from app.accounts.models import SignIn
from app.applications import actions
from app.applications.forms import StartForm
from app.applications.models import Application
from app.core import clock
from app.core.errors import Missing
from app.core.forms import normal_email
from app.core.i18n import also_at, locale, site_address
from app.core.limits import few
from app.core.web import Room, see
from app.mail import actions as mail
from app.programmes import queries as programmes

room = Room("applications_public", __name__, guard=everyone)


@room.page(nl="/kandidatuur/<slug>", fr="/candidature/<slug>", methods=("GET", "POST"))
@few("30 per hour")
def start(slug: str) -> Any:
    at = clock.now()
    programme = programmes.programme(slug, locale(), at)
    if programme is None:
        raise Missing
    also_at(slug=programme.slug)
    known = current_sign_in()
    form = StartForm(language=locale(), **({"name": known.person.name, "email": known.person.email} if known else {}))
    if programme.call is None or not programme.call.takes_applications:
        return render_template("applications/public/start.html", programme=programme, form=None)
    if not form.validate_on_submit() or form.is_machine:
        refused = 422 if form.is_submitted() else 200
        return render_template("applications/public/start.html", programme=programme, form=form), refused
    application = _begin(form, programme.call.id, known)
    return see(url_for("applications_applicant.tasks", key=application.key))


def _begin(form: StartForm, call_id: int, known: SignIn | None) -> Application:
    """The draft, a door to it on this device, and the letter with the way back on another one."""
    at = clock.now()
    email = normal_email(form.email.data or "") or ""
    language = form.language.data
    person = accounts.know(email, name=form.name.data or "", language=language, at=at)
    if known is None or known.person_id != person.id:
        token, known = accounts.open_door(person, confirmed=False, at=at)
        session["sign_in"] = token
        session["language"] = language
    application = actions.start(call_id, by=person, sign_in=known, language=language, at=at)
    way_back = accounts.make_link(
        person, next_path=url_for("applications_applicant.tasks", lang=language, key=application.key), at=at,
        lasts=accounts.WAY_BACK_LASTS,
    )  # fmt: skip
    mail.queue(
        "application_started",
        to_name=person.name,
        to_email=person.email,
        language=language,
        key=f"started:{application.id}",
        about=application.ref,
        at=at,
        application=application,
        url=site_address() + url_for("accounts_public.open_link", lang=language, token=way_back),
    )
    return application
