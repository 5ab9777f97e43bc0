"""The two-minute check: whether a call fits, and where to go when it does not. Nothing is kept."""

from typing import Any

from flask import render_template, request

from app.accounts.guards import everyone
from app.core import clock
from app.core.errors import Missing
from app.core.i18n import also_at, locale, switches_language
from app.core.web import AppBlueprint, moved
from app.programmes import queries
from app.programmes.forms import STAGES, check_answers
from app.programmes.rules import fitting, stage_of, verdicts

bp = AppBlueprint("programmes_check", __name__, guard=everyone)


@bp.page(nl="/kandidatuur/<slug>/voorwaarden", fr="/candidature/<slug>/conditions")
def conditions(slug: str) -> Any:
    everybody = queries.programmes(clock.now())
    found = next((one for one in everybody if one.slug[locale()] == slug), None)
    if found is None:
        return moved("programme", slug)
    if found.call is None or not found.call.has_check:
        raise Missing
    also_at(slug=found.slug)
    questions = queries.eligibility(found.call.id)
    told = verdicts(questions, check_answers(request.args, questions), found.serves)
    stage = stage_of(told)
    return render_template(
        "programmes/check/conditions.html",
        programme=found,
        call=found.call,
        verdicts=told,
        stages=STAGES,
        asked=any(one.answer for one in told),
        sent="sent" in request.args and not switches_language(),
        complete=all(one.answer for one in told),
        fits=all(one.fits for one in told),
        others=[one for one in fitting(everybody, stage) if one.id != found.id],
    )
