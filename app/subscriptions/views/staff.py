"""Subscribers for the team: how many, lists to download, and removing an address for somebody who phones."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.audit import access_log
from app.core.exports.csv import as_download
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.subscriptions import actions, exports, queries
from app.subscriptions.forms import RemoveForm
from app.subscriptions.rules import ALL_CALLS, NEWSLETTER

bp = AppBlueprint("subscriptions_staff", __name__, guard=staff)


@bp.page(nl="/team/abonnementen", fr="/equipe/abonnements", methods=("GET", "POST"))
def subscribers() -> Any:
    form, at = RemoveForm(), clock.now()
    if form.validate_on_submit():
        found = actions.stop_address(form.address, by=person.ref, at=at)
        flash(_("The address is removed.") if found else _("We have no subscription of this address."))
        return redirect_after_post(url_for(".subscribers"))
    confirmed, asked = queries.how_many()
    page = render_template(
        "subscriptions/staff/subscribers.html",
        form=form,
        confirmed=confirmed,
        asked=asked,
        newsletter=len(queries.newsletter_addresses(at)),
        counts=queries.counts(),
        titles=queries.titles(public_only=False),
        all_calls=ALL_CALLS,
        newsletter_topic=NEWSLETTER,
        spoken=[(code, LANGUAGE_NAMES[code]) for code in LOCALES],
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/abonnementen/nieuwsbrief.csv", fr="/equipe/abonnements/lettre-d-information.csv")
def newsletter() -> Any:
    """Download the newsletter's addresses. The export is recorded, as every export is."""
    found = queries.newsletter_addresses(clock.now())
    access_log.record_export("newsletter", ["newsletter"], by=person.ref, chosen_by={"as": "csv"}, count=len(found))
    header, rows = exports.newsletter_table(found)
    return as_download(header, rows, name=f"{_('newsletter')}.csv")


@bp.page(nl="/team/abonnementen/oproepen.csv", fr="/equipe/abonnements/appels.csv")
def calls() -> Any:
    """Download who hears of calls."""
    found = queries.call_addresses()
    access_log.record_export("subscribers", ["subscribers"], by=person.ref, chosen_by={"as": "csv"}, count=len(found))
    header, rows = exports.calls_table(found)
    return as_download(header, rows, name=f"{_('calls')}.csv")
