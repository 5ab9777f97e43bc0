"""Start an application with name, address and language, without a password."""

from datetime import datetime
from typing import Any

from flask import flash, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts import actions as accounts
from app.accounts.guards import current_sign_in, everyone, shown_name
from app.accounts.models import SignIn
from app.accounts.rules import Level, Purpose
from app.applications.actions import common as common_actions
from app.applications.actions import writing
from app.applications.forms import TAKEN, StartForm
from app.applications.models import Application
from app.applications.queries import around
from app.applications.rules.states import STATE_NAMES, State
from app.core import clock
from app.core.errors import NotFound
from app.core.http.limits import rate_limit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import also_at, site_address
from app.core.i18n.language import locale
from app.programmes.actions import late as late_actions
from app.programmes.forms.finder import ROWS, carried
from app.programmes.models import LateCode
from app.programmes.queries import public, team
from app.programmes.rules.carrying import asked_in, is_answer, proposals, raw_answers
from app.programmes.rules.late import as_written, late_code_opens
from app.questionnaires.rules.definition import Definition

bp = AppBlueprint("applications_public", __name__, guard=everyone)


@bp.page(nl="/kandidatuur/<slug>", fr="/candidature/<slug>", methods=("GET", "POST"))
@rate_limit("30 per hour", room="200 per hour")
def start(slug: str) -> Any:
    at, known = clock.now(), current_sign_in()
    late = _late_code(slug, at)
    programme = public.previewed(late.call.key, at) if late else public.programme(slug, locale(), at)
    if programme is None:
        raise NotFound
    also_at(slug=programme.slug)
    call = programme.call
    is_open = call is not None and call.takes_applications
    if call is None or not (is_open or late):
        tried = bool(request.values.get("code"))
        return render_template("applications/public/start.html", programme=programme, form=None, tried=tried)
    form = _form_of(call, known)
    fine = form.validate_on_submit() and not form.is_machine
    opened = late if late and fine and late_code_opens(late, form.address, at) else None
    if fine and not is_open and opened is None:
        form.email.errors = [_("This code belongs to another e-mail address")]
        fine = False
    mine = _files_to_go_on_with(known, call.id, form, late)
    if mine and (fine or not form.is_submitted()):
        answer = 409 if form.is_submitted() else 200
        return render_template(
            "applications/public/start.html",
            programme=programme,
            form=form,
            late=late,
            code=_typed_code(),
            along=carried(request.args),
            mine=mine,
            state_names=STATE_NAMES,
        ), answer
    if not fine:
        refused = 422 if form.is_submitted() else 200
        return render_template(
            "applications/public/start.html", programme=programme, form=form, late=late, code=_typed_code()
        ), refused
    taken = _answers_taken(form, public.form_of(call))
    return redirect_after_post(_begin(form, call.id, known, opened, taken))


def _form_of(call: public.CallRow, known: SignIn | None) -> StartForm:
    """The start form, with what was said in the check as choices that can still be changed."""
    asked = asked_in(public.form_of(call))
    said = proposals(public.form_of(call), carried(request.args), locale())
    wanted = [key for key in asked if key in said or f"{TAKEN}{key}" in request.form]
    made = StartForm.with_answers([asked[key] for key in wanted], ROWS)
    start_with = {"name": shown_name(known.person), "email": known.person.email} if known else {}
    return made(language=locale(), **start_with, **{f"{TAKEN}{key}": code for key, code in said.items()})


def _answers_taken(form: StartForm, definition: Definition) -> dict[str, dict[str, Any]]:
    """The answers of the check that go into the form, by section."""
    asked = asked_in(definition)
    typed = {one.name.removeprefix(TAKEN): str(one.data or "") for one in form.taken}
    chosen = {key: code for key, code in typed.items() if is_answer(asked[key], code, locale())}
    return raw_answers(definition, chosen, form.name.data or "")


def _files_to_go_on_with(
    known: SignIn | None, call_id: int, form: StartForm, late: LateCode | None
) -> list[Application]:
    """The applications to this call of the signed-in person, unless they chose to start another one.

    For an address that was only typed the page shows none: its owner gets a mail. A late code resumes an open draft.
    """
    if known is None or request.values.get("again") or (form.is_submitted() and form.address != known.person.email):
        return []
    found = around.files_for_call(known.person_id, call_id, None if known.confirmed else known.id)
    return [] if late and any(one.state == State.DRAFT for one in found) else found


def _late_code(slug: str, at: datetime) -> LateCode | None:
    """The code in the address or form, when it opens a call of this programme."""
    code = team.late_code(_typed_code())
    fits = code is not None and code.call.programme.slug[locale()] == slug
    return code if fits and code is not None and code.ended_at is None and at < code.until else None


def _typed_code() -> str:
    """The normalised code in the address or form."""
    return as_written(request.values.get("code", ""))


def _begin(
    form: StartForm, call_id: int, known: SignIn | None, late: LateCode | None, taken: dict[str, dict[str, Any]]
) -> str:
    """Create the draft, a session on this device and the letter with the link; return where to go next.

    `taken`: the first answers of a new draft, by section. A late code resumes an open draft of the same person; on a
    device without a confirmed address, through the mailed link.
    """
    at, language = clock.now(), form.language.data
    person = accounts.get_or_create_person(form.address, name=form.name.data or "", language=language, at=at)
    if known is None or known.person_id != person.id:
        token, known = accounts.start_session(person, confirmed=False, level=Level.PERSON, at=at)
        session["sign_in"], session.permanent = token, True
        session["language"], session["name"] = language, form.name.data or ""
    until = late.until if late else None
    application = around.draft_of(person.id, call_id) if late else None
    if application is not None:
        application.late_until = until
    else:
        application = writing.start(call_id, by=person, sign_in=known, language=language, at=at, late_until=until)
        for section, answers in taken.items():
            writing.save_section(application, section, answers, revision=0, by=person, at=at)
    if late:
        late_actions.use_late_code(late, at=at)
    mailed = _mail_the_way_back(application, known, late)
    if not (known.confirmed or application.started_in_id == known.id):
        return url_for("accounts_public.link_sent")
    if mailed:
        flash(_("Your application has started. The link to come back is on its way to %(email)s.", email=person.email))
    return url_for("applications_applicant.tasks", key=application.key)


def _mail_the_way_back(application: Application, known: SignIn, late: LateCode | None) -> bool:
    """Queue the letter with the link; False when this address got enough of them: a stranger may have typed it."""
    at, language, person = clock.now(), application.language, application.person
    if not accounts.may_have_link(person, Purpose.START, at=at):
        return False
    # An unconfirmed visitor is not asked whether to continue an earlier application: its owner gets a mail about it.
    again = not known.confirmed and _has_others(application)
    next_page = (
        url_for("applications_applicant.my_files", lang=language)
        if again
        else url_for("applications_applicant.tasks", lang=language, key=application.key)
    )
    way_back = accounts.make_link(person, next_path=next_page, at=at, purpose=Purpose.START)
    address = site_address() + url_for("accounts_public.open_link", lang=language, token=way_back)
    key = f"started:{application.id}:{late.id}" if late else f"started:{application.id}"
    kind = "application_started_again" if again else "application_started"
    common_actions.write(application, kind, key=key, to=person, url=address, at=at)
    return True


def _has_others(application: Application) -> bool:
    found = around.files_for_call(application.person_id, application.call_id, None)
    return any(one.id != application.id for one in found)
