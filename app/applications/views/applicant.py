"""The applicant's pages: task list, check, submit, status, withdraw."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.accounts import actions as accounts
from app.accounts.guards import (
    applicants,
    choose_plain_language,
    current_sign_in,
    person,
    reads_plain_language,
    shown_name,
    sign_in,
)
from app.accounts.queries import names
from app.accounts.rules import hashed
from app.applications import exports
from app.applications.access import (
    ApplicationAccess,
    UnconfirmedDraft,
    access_to_submit,
    application_access,
    attachment_of,
    people_in_conflict,
)
from app.applications.actions import common as common_actions
from app.applications.actions import handing_in, taking_over, talking, team
from app.applications.actions import writing as applications_writing
from app.applications.forms import PLAIN_BUTTONS, DeclarationsForm, EmptyForm, MessageForm, WithdrawForm
from app.applications.models import Application
from app.applications.queries import around, files
from app.applications.queries.files import File
from app.applications.rules.scope import current_questions
from app.applications.rules.states import LANGUAGES, SENTENCES, STATE_NAMES, TO_HAND_IN, State, may_move, stage_of
from app.applications.rules.submission_window import Deadline
from app.applications.rules.team import Right
from app.core import clock
from app.core.drawings.construction import construction
from app.core.errors import Conflict
from app.core.exports import calendars
from app.core.files.reply import as_attachment
from app.core.http.limits import rate_limit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import absolute, canonical, site_address
from app.core.i18n.language import REGIONS, locale
from app.core.text.cleaning import sent_number
from app.mail.actions import writing as mail_writing
from app.questionnaires.forms.fields import Field, fields
from app.questionnaires.forms.reading import read
from app.questionnaires.queries import definition_of, version
from app.questionnaires.rules.answers import declared, progress, summary
from app.questionnaires.rules.comparing import carried_over

bp = AppBlueprint("applications_applicant", __name__, guard=applicants)


@bp.page(nl="/mijn-dossier", fr="/mon-dossier")
def my_files() -> Any:
    mine = around.files_of_person(
        sign_in.person_id, None if sign_in.confirmed else sign_in.id, helped=bool(sign_in.roles)
    )
    return render_template(
        "applications/applicant/my_files.html",
        files=mine,
        invitations=around.invitations_of(sign_in.person_id) if sign_in.confirmed else [],
        confirmed=sign_in.confirmed,
        state_names=STATE_NAMES,
    )


@bp.page(nl="/mijn-dossier/<key>", fr="/mon-dossier/<key>")
@keeps_unsent
def status(key: str) -> Any:
    access = application_access(key, sign_in, Right.READ)
    if access.application.state == State.DRAFT:
        return redirect(url_for(".tasks", key=key), 302)
    return _status(access, MessageForm())


def show_unconfirmed_draft(refused: UnconfirmedDraft) -> Any:
    """Error handler: redirect to the page where the owner reviews the draft."""
    return redirect(
        url_for("applications_applicant.begun_before", key=refused.key), 303 if request.method == "POST" else 302
    )


@bp.page(nl="/mijn-dossier/<key>/is-dit-van-jou", fr="/mon-dossier/<key>/est-ce-le-votre", methods=("GET", "POST"))
def begun_before(key: str) -> Any:
    """What was done in a draft before its owner confirmed the address: continue with it, or discard it."""
    application, at = application_access(key, sign_in, Right.READ, unseen=True).application, clock.now()
    if application.person_id != sign_in.person_id or not (sign_in.confirmed and application.was_begun_elsewhere):
        return redirect(url_for(".status", key=key), 303 if request.method == "POST" else 302)
    if request.method == "POST" and EmptyForm().validate():
        if request.form.get("do") == "discard":
            slug = application.call.programme.slug[locale()]
            taking_over.discard(application, by=person, at=at)
            flash(_("Everything in that application is deleted. You can start again here."))
            return redirect_after_post(url_for("applications_public.start", slug=slug))
        keep = {number for number in map(sent_number, request.form.getlist("keep")) if number}
        taking_over.take_over(application, keep=keep, by=person, at=at)
        return redirect_after_post(url_for(".status", key=key))
    titles = {one.key: one.title for one in definition_of(application.version).sections}
    saves = [
        (titles[one.section][locale()], one.times, one.last)
        for one in around.saves_of(application.id)
        if one.section in titles
    ]
    return render_template(
        "applications/applicant/begun_before.html",
        application=application,
        saves=saves,
        files=files.attachments_of(application.id),
        members=around.members_of(application.id),
    )


@bp.page(nl="/mijn-dossier/<key>/bericht", fr="/mon-dossier/<key>/message", methods=("POST",))
@rate_limit("30 per hour", room="150 per hour")
def message(key: str) -> Any:
    """Write to the team."""
    access, form = application_access(key, sign_in, Right.WRITE), MessageForm()
    if not form.validate_on_submit():
        return _status(access, form), 422
    talking.write_to_team(
        access.application, form.words, by=person, hidden_from=people_in_conflict(access.application.id), at=clock.now()
    )
    flash(_("Your message is sent. The answer comes here and by e-mail."))
    return redirect_after_post(url_for(".status", key=key, _anchor="messages"))


@bp.page(nl="/mijn-dossier/<key>/afmelden", fr="/mon-dossier/<key>/deconnexion", methods=("POST",))
def leave(key: str) -> Any:
    """Sign out from a session whose address is not confirmed: a message that was typed and not sent is said first.

    Nothing can be kept for such a session: it must not put text before the owner of an address.
    """
    access, form = application_access(key, sign_in, Right.READ), MessageForm()
    if access.may_write and not sign_in.confirmed and form.words.strip():
        form.reply.errors = [_("Send this message before you sign out, or empty the field: we cannot keep it for you")]
        return _status(access, form), 422
    return redirect(url_for("accounts_public.sign_out"), 307)


@bp.page(nl="/mijn-dossier/<key>/invullen", fr="/mon-dossier/<key>/completer")
def tasks(key: str) -> Any:
    access = application_access(key, sign_in, Right.READ)
    file = files.open_file(access.application)
    to_write = {section.key for section in file.to_write()}
    missing = file.missing()
    return render_template(
        "applications/applicant/tasks.html",
        application=file.application,
        file=file,
        access=access,
        parts=[one for one in progress(file.definition, file.answers, file.attachments) if one.key in to_write],
        complete=not missing,
        may_edit=access.may_write and common_actions.can_edit(file.application, at=clock.now()),
        changes=_changes(file),
        asked=files.sent_back(file.application),
        may_invite=access.is_owner and team.may_invite(file.application, at=clock.now()),
        plain=reads_plain_language(),
    )


@bp.page(nl="/mijn-dossier/<key>/formulier-gezien", fr="/mon-dossier/<key>/formulaire-vu", methods=("POST",))
def see_changes(key: str) -> Any:
    """Mark the form changes as read."""
    application = application_access(key, sign_in, Right.WRITE).application
    if not EmptyForm().validate():
        raise Conflict("form")
    applications_writing.see_changes(application, at=clock.now())
    return redirect_after_post(url_for(".tasks", key=key))


@bp.page(nl="/mijn-dossier/<key>/eenvoudige-taal", fr="/mon-dossier/<key>/langage-simple", methods=("POST",))
def choose_words(key: str) -> Any:
    """Plain texts or the usual ones, from the list of parts; a section page has a button of its own, which saves."""
    application_access(key, sign_in, Right.READ)
    wanted = PLAIN_BUTTONS.get(request.form.get("do", ""))
    if not EmptyForm().validate() or wanted is None:
        raise Conflict("form")
    if choose_plain_language(wanted=wanted):
        accounts.prefer_plain_language(person, wanted=wanted)
    return redirect_after_post(url_for(".tasks", key=key))


@bp.page(nl="/mijn-dossier/<key>/terugkeerlink", fr="/mon-dossier/<key>/lien-de-retour", methods=("POST",))
@rate_limit("5 per hour", room="60 per hour")
def send_link(key: str) -> Any:
    """Mail a link to this application, for another device."""
    application, at = application_access(key, sign_in, Right.READ).application, clock.now()
    token = accounts.make_link(sign_in.person, next_path=url_for(".tasks", lang=application.language, key=key), at=at)
    mail_writing.queue(
        "sign_in_link",
        to_name=person.name,
        to_email=person.email,
        language=application.language,
        key=f"sign_in_link:{hashed(token)}",
        about=application.ref,
        at=at,
        url=site_address() + url_for("accounts_public.open_link", lang=application.language, token=token),
    )
    flash(_("A link is on its way to %(email)s.", email=person.email))
    return redirect_after_post(url_for(".tasks", key=key))


@bp.page(nl="/mijn-dossier/<key>/nakijken", fr="/mon-dossier/<key>/relire", methods=("GET", "POST"))
def check(key: str) -> Any:
    access = access_to_submit(key, sign_in)
    application = access.application
    if not common_actions.can_edit(application, at=clock.now()):
        if request.method != "POST":
            return redirect(url_for(".status", key=key), 302)
        if application.reference and not application.has_unsent_changes:
            return redirect_after_post(url_for(".received", key=key))
        raise Conflict("closed")
    file = files.open_file(application)
    declarations = file.definition.declarations
    ticked_before = dict.fromkeys(application.declarations, True)
    form = DeclarationsForm.for_declarations(declarations)(data=ticked_before)
    missing = file.missing()
    if form.validate_on_submit() and not missing:
        ticked = {one.key: one.version for one in declarations if form[one.key].data}
        handing_in.count_statistics(application, _statistics(file), at=clock.now())
        address = site_address() + url_for(".status", lang=application.language, key=key)
        handing_in.submit(application, ticked, by=sign_in.person, url=address, language=locale(), at=clock.now())
        return redirect_after_post(url_for(".received", key=key))
    return render_template(
        "applications/applicant/check.html",
        application=application,
        file=file,
        sections=summary(file.definition, file.answers, file.attachments, locale()),
        missing=missing,
        statistics=_statistics_fields(file) if common_actions.asks_statistics(application, at=clock.now()) else [],
        form=form,
    ), _answer_to(form, missing)


@bp.page(nl="/mijn-dossier/<key>/ontvangen", fr="/mon-dossier/<key>/recue")
def received(key: str) -> Any:
    application = application_access(key, sign_in, Right.READ).application
    if not application.reference:
        return redirect(url_for(".tasks", key=key), 302)
    return render_template(
        "applications/applicant/received.html",
        application=application,
        lines=around.timeline_of(application, [], clock.day_of(clock.now())),
        state_names=STATE_NAMES,
        may_edit=common_actions.can_edit(application, at=clock.now()),
        drawing=_drawing(application),
    )


@bp.page(nl="/mijn-dossier/<key>/afdrukken", fr="/mon-dossier/<key>/imprimer")
def printable(key: str) -> Any:
    """The last submission; with `?text=draft`, or before any submission, the working text."""
    access = application_access(key, sign_in, Right.READ)
    application = access.application
    now = files.open_file(application)
    file = now if request.args.get("text") == "draft" else _as_handed_in(now)
    sections = summary(file.definition, file.answers, file.attachments, locale())
    return render_template(
        "applications/applicant/printable.html",
        access=access,
        application=application,
        file=file,
        has_draft=now.sent is None and now.last is not None,
        sections=sections,
        earlier=files.earlier_questions(file),
        declared=declared(file.definition.declarations, file.sent.declarations if file.sent else {}),
        language_names=LANGUAGES,
        contact=", ".join(filter(None, (shown_name(file.application.person), file.application.person.email))),
    )


@bp.page(nl="/mijn-dossier/<key>/bijlage/<file_key>", fr="/mon-dossier/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    found = attachment_of(application_access(key, sign_in, Right.READ).application, file_key)
    return as_attachment(found.digest, name=found.name, media_type=found.media_type)


@bp.page(nl="/mijn-dossier/<key>/intrekken", fr="/mon-dossier/<key>/retirer", methods=("GET", "POST"))
def withdraw(key: str) -> Any:
    application, form = application_access(key, sign_in, Right.OWN).application, WithdrawForm()
    if not may_move(State(application.state), State.WITHDRAWN):
        raise Conflict(application.state)
    if form.validate_on_submit():
        handing_in.withdraw(application, reason=form.reason.data or "", by=person, at=clock.now())
        return redirect_after_post(url_for(".status", key=key))
    answer = render_template("applications/applicant/withdraw.html", application=application, form=form)
    return answer, (422 if form.is_submitted() else 200)


def _as_handed_in(now: File) -> File:
    """The last submission, or the working text of a draft. Often both are the same."""
    last, application = now.last, now.application
    same = now.sent and not now.asked and now.sent.questionnaire_version_id == application.questionnaire_version_id
    return now if last is None or same else files.file_of(application, last)


@bp.page(nl="/mijn-dossier/<key>/deadline.ics", fr="/mon-dossier/<key>/date-limite.ics")
def calendar(key: str) -> Response:
    """The team's own deadline as a calendar file; empty when nothing can be handed in by a date."""
    application = application_access(key, sign_in, Right.READ).application
    deadline = common_actions.own_deadline(application) if application.state in TO_HAND_IN else None
    url = absolute(url_for(".tasks", key=key))
    return calendars.calendar(
        [exports.deadline_entry(application, deadline, url)] if deadline else [],
        name=_("Your deadline for %(programme)s", programme=application.call.programme.title[locale()]),
        language=REGIONS[locale()],
        url=canonical(),
    )


def own_calendar(call_id: int) -> str | None:
    """The calendar file of the person of this request, where they have longer than the call. One query, signed in."""
    found = current_sign_in()
    if found is None:
        return None
    mine = around.files_for_call(found.person_id, call_id, None if found.confirmed else found.id)
    longer = (one.key for one in mine if one.state in TO_HAND_IN and common_actions.has_longer(one))
    key = next(longer, None)
    return url_for("applications_applicant.calendar", key=key) if key else None


def your_deadline(application: Application) -> Deadline | None:
    """Template global: until when the team may submit."""
    return common_actions.deadline_of(application, at=clock.now())


def may_correct(application: Application) -> bool:
    """Template global: may this application still be changed and submitted?"""
    return common_actions.can_edit(application, at=clock.now())


def _changes(file: File) -> list[dict[str, list[str]]]:
    """What each new form version changed for this draft: labels of added and removed questions."""
    language, found = locale(), []
    for move in around.form_moves(file.application.id):
        before, after = (
            current_questions(definition_of(version(one)), (), file.answers)
            for one in (move.from_version_id, move.to_version_id)
        )
        over = carried_over(before, after, file.answers)
        found.append(
            {
                "kept": over.kept,
                "new": [after.question(key).label[language] for key in over.new],
                "gone": [before.question(key).label[language] for key in over.no_longer_asked],
            }
        )
    return found


def _status(access: ApplicationAccess, form: MessageForm) -> str:
    application, at = access.application, clock.now()
    messages, moves = around.messages_of(application.id), around.moves_of(application.id)
    return render_template(
        "applications/applicant/status.html",
        application=application,
        access=access,
        sentence=SENTENCES[State(application.state)],
        state_names=STATE_NAMES,
        moves=moves,
        lines=around.timeline_of(application, moves, clock.day_of(at)),
        messages=messages,
        people=names({one.by_id for one in messages if one.by_id and one.from_team}),
        me_id=sign_in.person_id,
        is_confirmed=sign_in.confirmed,
        form=form,
        may_withdraw=access.is_owner and may_move(State(application.state), State.WITHDRAWN),
        may_edit=access.may_write and common_actions.can_edit(application, at=at),
        drawing=_drawing(application),
    )


def _drawing(application: Application) -> Markup | None:
    """The house of the project, as far as it is built."""
    stage = stage_of(State(application.state))
    return None if stage is None else construction(application.key, stage)


def _statistics_fields(file: File) -> list[Field]:
    section = file.definition.monitoring_section
    return fields(file.definition, section, read(section, request.form), plain=reads_plain_language())


def _answer_to(form: DeclarationsForm, missing: list[Any]) -> int:
    """The answer to a request that did not submit: page, missing tick, or answers removed in another tab."""
    if not form.is_submitted():
        return 200
    return 409 if missing else 422


def _statistics(file: File) -> dict[str, str]:
    """The answers to the optional questions that are valid choices; counted on the first submission."""
    given = read(file.definition.monitoring_section, request.form)
    offered = {one.key: {choice.code for choice in one.choices} for one in file.definition.monitoring}
    return {question: answer for question, answer in given.items() if answer in offered[question]}
