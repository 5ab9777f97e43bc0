"""My data: what we store, who opened it, how long it stays; export, correct, erase."""

from typing import Any

from flask import flash, render_template, send_file, session, url_for
from flask_babel import gettext as _

from app.accounts.guards import confirmed_people, person
from app.applications.actions import withdrawing
from app.applications.actions.common import own_deadline
from app.core import clock
from app.core.errors import Conflict
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, forget_device_copies, redirect_after_post
from app.privacy.access import consent_of
from app.privacy.actions import rights
from app.privacy.exports import archive_of
from app.privacy.forms import CorrectForm, EmptyForm, EraseForm
from app.privacy.queries import personal_data, sources
from app.privacy.rules import BY_KEY, TAKING_PART, draft_ends_at, row_of
from app.subscriptions import actions as subscriptions
from app.subscriptions import queries as subscription_queries

bp = AppBlueprint("privacy_person", __name__, guard=confirmed_people)


@bp.page(nl="/mijn-gegevens", fr="/mes-donnees", methods=("GET", "POST"))
@keeps_unsent
def my_data() -> Any:
    form = CorrectForm(data={"name": person.name, "language": person.language})
    if form.validate_on_submit():
        rights.correct(person, name=form.name.data, language=form.language.data, at=clock.now())
        flash(_("Your name and language are corrected."))
        return redirect_after_post(url_for(".my_data"))
    found = personal_data.personal_data(person)
    files = found.subject.applications + found.shared
    page = render_template(
        "privacy/person/my_data.html",
        found=found,
        form=form,
        me=person,
        kept=BY_KEY,
        files=files,
        rows={one.id: row_of(one.state) for one in files},
        consents=personal_data.consents(found.subject, at=clock.now()),
        ends_at={one.id: draft_ends_at(one.saved_at, own_deadline(one)) for one in files},
        **_subscription(),
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(
    nl="/mijn-gegevens/toestemming/<int:number>/intrekken",
    fr="/mes-donnees/consentement/<int:number>/retirer",
    methods=("POST",),
)
def withdraw_consent(number: int) -> Any:
    """One click; idempotent."""
    consent = consent_of(person, number)
    if not EmptyForm().validate():
        raise Conflict("form")
    withdrawing.withdraw_consent(consent, by=person.ref, at=clock.now())
    flash(_("Your consent is withdrawn. That counts from now on."))
    return redirect_after_post(url_for(".my_data", _anchor="consents"))


@bp.page(nl="/mijn-gegevens/mails/stoppen", fr="/mes-donnees/e-mails/arreter", methods=("POST",))
def stop_subscription() -> Any:
    """One click; idempotent."""
    if not EmptyForm().validate():
        raise Conflict("form")
    subscriptions.stop_address(person.email, by=person.ref, at=clock.now())
    flash(_("You get no more e-mails about calls and no newsletter."))
    return redirect_after_post(url_for(".my_data"))


@bp.page(nl="/mijn-gegevens/downloaden", fr="/mes-donnees/telecharger")
def download() -> Any:
    answer = send_file(archive_of(person), mimetype="application/zip", as_attachment=True, download_name="coopcity.zip")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.page(nl="/mijn-gegevens/wissen", fr="/mes-donnees/effacer", methods=("GET", "POST"))
def erase() -> Any:
    """Refused for enterprises in a programme and for colleagues: they write to us."""
    form, subject = EraseForm(), sources.subject_of(person)
    stays = [one for one in subject.applications if one.state in TAKING_PART]
    works_here = bool(person.roles)
    if form.is_submitted() and (stays or works_here):
        raise Conflict("stays")
    if form.validate_on_submit():
        rights.erase(person, by=person.ref, at=clock.now())
        session.clear()
        return forget_device_copies(redirect_after_post(url_for("privacy_public.erased")))
    page = render_template(
        "privacy/person/erase.html", form=form, applications=subject.applications, stays=stays, works_here=works_here
    )
    return page, (422 if form.is_submitted() else 200)


def _subscription() -> dict[str, Any]:
    """The subscription of this address with its topics in words."""
    found = subscription_queries.subscription_with(person.email)
    return {"subscription": found, **(subscription_queries.in_words(found.topic_names) if found else {})}
