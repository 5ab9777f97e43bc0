"""The applicant's answer: confirm the place or give it up."""

from typing import Any

from flask import redirect, render_template, url_for

from app.accounts.guards import applicants, person, sign_in
from app.applications.access import application_access
from app.applications.models import Application
from app.applications.rules.states import State
from app.applications.rules.team import Right
from app.core import clock
from app.core.errors import Conflict
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import mailed_address
from app.decisions.actions import places
from app.decisions.forms import PlaceForm
from app.decisions.queries import announcing
from app.decisions.queries import published as published_queries
from app.decisions.rules.outcomes import OUTCOMES, possible_answers

PUBLISHED_STATES = frozenset({*OUTCOMES, State.CONFIRMED, State.DECLINED_BY_TEAM})

bp = AppBlueprint("decisions_applicant", __name__, guard=applicants)


@bp.page(nl="/mijn-dossier/<key>/plaats", fr="/mon-dossier/<key>/place", methods=("GET", "POST"))
def place(key: str) -> Any:
    application, form = application_access(key, sign_in, Right.OWN).application, PlaceForm()
    status = url_for("applications_applicant.status", key=key)
    decision, at = announcing.decision_of(application.id), clock.now()
    today = clock.day_of(at)
    published = decision if decision and decision.published_at else None
    possible = possible_answers(application.state, published.answer_by, today) if published else []
    if published is None or not possible:
        if form.is_submitted():
            raise Conflict(application.state)
        return redirect(status, 302)
    form.offer(possible)
    if form.validate_on_submit():
        wanted = State(form.answer.data)
        address = mailed_address("applications_applicant.status", lang=application.language, key=key)
        places.answer(published, wanted, reason=form.reason.data or "", by=person, url=address, today=today, at=at)
        return redirect_after_post(status)  # its heading says what became of the place
    page = render_template(
        "decisions/applicant/place.html", application=application, decision=published, form=form, possible=possible
    )
    return page, (422 if form.is_submitted() else 200)


def published_decision(application: Application) -> published_queries.PublishedDecision | None:
    """The published decision, for the applicant's status page."""
    return published_queries.published_decision(application) if application.state in PUBLISHED_STATES else None
