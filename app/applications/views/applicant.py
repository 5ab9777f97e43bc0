"""The applicant's own pages: task list, sections, check, hand in, follow, withdraw."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts import actions as accounts
from app.accounts.guards import applicants, current_sign_in
from app.accounts.models import SignIn
from app.accounts.rules import hashed
from app.applications import actions, queries
from app.applications.access import attachment_of, own_application
from app.applications.forms import DeclarationsForm, EmptyForm
from app.applications.models import Application
from app.applications.queries import File
from app.applications.rules import LANGUAGES, SENTENCES, STATE_NAMES, State, may_move
from app.core import clock
from app.core.errors import Conflict, Missing
from app.core.files import as_attachment
from app.core.i18n import locale, site_address
from app.core.limits import few
from app.core.web import Room, see
from app.mail import actions as mail
from app.questionnaires.forms import Field, fields, read
from app.questionnaires.rules import is_complete, progress, summary

room = Room("applications_applicant", __name__, guard=applicants)


@room.page(nl="/mijn-dossier", fr="/mon-dossier")
def my_files() -> Any:
    mine = queries.files_of_person(_sign_in().person_id, None if _sign_in().confirmed else _sign_in().id)
    return render_template(
        "applications/applicant/my_files.html", files=mine, confirmed=_sign_in().confirmed, state_names=STATE_NAMES
    )


@room.page(nl="/mijn-dossier/<key>", fr="/mon-dossier/<key>")
def status(key: str) -> Any:
    application = _own(key)
    if application.state == State.DRAFT:
        return redirect(url_for(".tasks", key=key), 302)
    return render_template(
        "applications/applicant/status.html",
        application=application,
        sentence=SENTENCES[State(application.state)],
        state_names=STATE_NAMES,
        moves=queries.moves_of(application.id),
        steps=queries.steps_ahead(application, clock.day_of(clock.now())),
        may_withdraw=may_move(State(application.state), State.WITHDRAWN),
        may_edit=actions.can_edit(application, at=clock.now()),
    )


@room.page(nl="/mijn-dossier/<key>/invullen", fr="/mon-dossier/<key>/completer")
def tasks(key: str) -> Any:
    file = queries.open_file(_own(key))
    states = progress(file.definition, file.answers, file.attachments)
    return render_template(
        "applications/applicant/tasks.html",
        application=file.application,
        file=file,
        parts=states,
        complete=is_complete(file.definition, file.answers, file.attachments),
        may_edit=actions.can_edit(file.application, at=clock.now()),
    )


@room.page(nl="/mijn-dossier/<key>/terugkeerlink", fr="/mon-dossier/<key>/lien-de-retour", methods=("POST",))
@few("5 per hour")
def send_link(key: str) -> Any:
    """Mail the way back to this file, for another device."""
    application, at = _own(key), clock.now()
    token = accounts.make_link(
        application.person, next_path=url_for(".tasks", lang=application.language, key=key), at=at
    )  # fmt: skip
    mail.queue(
        "sign_in_link",
        to_name=application.person.name,
        to_email=application.person.email,
        language=application.language,
        key=f"sign_in_link:{hashed(token)}",
        about=application.ref,
        at=at,
        url=site_address() + url_for("accounts_public.open_link", lang=application.language, token=token),
    )
    flash(_("A link is on its way to %(email)s.", email=application.person.email))
    return see(url_for(".tasks", key=key))


@room.page(nl="/mijn-dossier/<key>/nakijken", fr="/mon-dossier/<key>/relire", methods=("GET", "POST"))
def check(key: str) -> Any:
    file = queries.open_file(_own(key))
    if not actions.can_edit(file.application, at=clock.now()):
        if request.method == "POST":
            raise Conflict("closed")
        return redirect(url_for(".status", key=key), 302)
    declarations = file.definition.declarations
    form = DeclarationsForm.for_declarations(declarations)()
    missing = file.missing()
    if form.validate_on_submit() and not missing:
        ticked = {one.key: one.version for one in declarations if form[one.key].data}
        actions.count_statistics(file.application.call, _statistics(file))
        address = site_address() + url_for(".status", lang=file.application.language, key=key)
        actions.submit(file.application, ticked, by=file.application.person, url=address, at=clock.now())
        return see(url_for(".received", key=key))
    return render_template(
        "applications/applicant/check.html",
        application=file.application,
        file=file,
        sections=summary(file.definition, file.answers, file.attachments, locale()),
        missing=missing,
        statistics=_statistics_fields(file),
        form=form,
    ), _answer_to(form, missing)


@room.page(nl="/mijn-dossier/<key>/ontvangen", fr="/mon-dossier/<key>/recue")
def received(key: str) -> Any:
    application = _own(key)
    if not application.reference:
        return redirect(url_for(".tasks", key=key), 302)
    return render_template(
        "applications/applicant/received.html",
        application=application,
        steps=queries.steps_ahead(application, clock.day_of(clock.now())),
        state_names=STATE_NAMES,
    )


@room.page(nl="/mijn-dossier/<key>/afdrukken", fr="/mon-dossier/<key>/imprimer")
def printable(key: str) -> Any:
    file = queries.open_file(_own(key))
    sections = summary(file.definition, file.answers, file.attachments, locale())
    return render_template(
        "applications/applicant/printable.html",
        application=file.application,
        sections=sections,
        language_names=LANGUAGES,
    )


@room.page(nl="/mijn-dossier/<key>/bijlage/<file_key>", fr="/mon-dossier/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    found = attachment_of(_own(key), file_key)
    return as_attachment(found.digest, name=found.name, media_type=found.media_type)


@room.page(nl="/mijn-dossier/<key>/intrekken", fr="/mon-dossier/<key>/retirer", methods=("GET", "POST"))
def withdraw(key: str) -> Any:
    application, form = _own(key), EmptyForm()
    if not may_move(State(application.state), State.WITHDRAWN):
        raise Conflict(application.state)
    if form.validate_on_submit():
        actions.withdraw(application, by=application.person, at=clock.now())
        return see(url_for(".status", key=key))
    return render_template("applications/applicant/withdraw.html", application=application, form=form)


def _statistics_fields(file: File) -> list[Field]:
    section = file.definition.monitoring_section
    return fields(file.definition, section, read(section, request.form))


def _answer_to(form: DeclarationsForm, missing: list[Any]) -> int:
    """A page that was opened, one that lacks a tick, or one whose answers were taken away in another window."""
    if not form.is_submitted():
        return 200
    return 409 if missing else 422


def _statistics(file: File) -> dict[str, str]:
    """The answers to the optional questions that are among the offered ones; counted at the first hand-in."""
    if file.application.reference:
        return {}
    given = read(file.definition.monitoring_section, request.form)
    offered = {one.key: {choice.code for choice in one.choices} for one in file.definition.monitoring}
    return {question: answer for question, answer in given.items() if answer in offered[question]}


def _sign_in() -> SignIn:
    found = current_sign_in()
    if found is None:
        raise Missing
    return found


def _own(key: str) -> Application:
    return own_application(key, _sign_in())
