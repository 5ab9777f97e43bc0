"""Newsletter subscribers for the team: their number, and the list to download."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.consents import exports, queries
from app.core import clock
from app.core.audit import access_log
from app.core.exports.csv import as_download
from app.core.http.web import AppBlueprint

bp = AppBlueprint("consents_staff", __name__, guard=staff)


@bp.page(nl="/team/nieuwsbrief", fr="/equipe/lettre-d-information")
def newsletter() -> str:
    at = clock.now()
    return render_template(
        "consents/staff/newsletter.html",
        confirmed=len(queries.subscriptions(at)),
        unconfirmed=queries.count_unconfirmed(at),
    )


@bp.page(nl="/team/nieuwsbrief.csv", fr="/equipe/lettre-d-information.csv")
def addresses() -> Any:
    """Download the current addresses. The export is recorded, as every export is."""
    found = queries.subscriptions(clock.now())
    access_log.record_export("newsletter", ["newsletter"], by=person.ref, chosen_by={"as": "csv"}, count=len(found))
    header, rows = exports.newsletter_table(found)
    return as_download(header, rows, name=f"{_('newsletter')}.csv")
