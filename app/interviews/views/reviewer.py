"""The slots of an interviewer."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, reviewers
from app.core import clock
from app.core.exports import calendars
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import absolute, canonical
from app.core.i18n.language import REGIONS, locale
from app.interviews.exports import of_interviewer, off_for_interviewer
from app.interviews.queries import tables
from app.interviews.rules import HELD_IN
from app.reviewers.queries.titles import known_titles
from app.reviewers.rules.redaction import HIDDEN

bp = AppBlueprint("interviews_reviewer", __name__, guard=reviewers)


@bp.page(nl="/team/lezen/gesprekken", fr="/equipe/lectures/entretiens")
def slots() -> str:
    rows = tables.sits_at(person.id, clock.now())
    return render_template("interviews/reviewer/slots.html", rows=rows, titles=_titles(rows), held_in=HELD_IN)


@bp.page(nl="/team/lezen/gesprekken.ics", fr="/equipe/lectures/entretiens.ics")
def calendar() -> Response:
    """The same as a calendar file, with cancellations."""
    page, at = absolute(url_for(".slots")), clock.now()
    sits = tables.sits_at(person.id, at)
    titles = {key: title.replace(HIDDEN, "…") for key, title in _titles(sits).items()}
    entries = [
        of_interviewer(row.Slot, row.Call, row.reference, titles.get(row.application_id, ""), page) for row in sits
    ]
    entries += [off_for_interviewer(row.CalledOff, row.Call, page) for row in tables.called_off_for(person.id, at)]
    return calendars.calendar(entries, name=_("My interviews"), language=REGIONS[locale()], url=canonical())


def _titles(rows: Sequence[Any]) -> dict[int, str]:
    """The titles that this interviewer may know, also under blind review."""
    return known_titles([row.application_id for row in rows if row.application_id], person.id)
