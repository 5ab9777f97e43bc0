"""The eligibility check: whether a call fits, and where to go otherwise. Nothing is stored."""

from typing import Any

from flask import render_template, request

from app.accounts.guards import everyone
from app.core import clock
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import also_at
from app.core.i18n.language import locale, switches_language
from app.programmes.forms.finder import STAGES, check_answers
from app.programmes.queries import public
from app.programmes.rules.eligibility import stage_of, verdicts
from app.programmes.rules.fitting import fitting

bp = AppBlueprint("programmes_check", __name__, guard=everyone)


@bp.page(nl="/kandidatuur/<slug>/voorwaarden", fr="/candidature/<slug>/conditions")
def conditions(slug: str) -> Any:
    everybody = public.programmes(clock.now())
    found = next((one for one in everybody if one.slug[locale()] == slug), None)
    if found is None:
        return redirect_old_slug("programme", slug)
    if found.call is None or not found.call.has_check:
        raise NotFound
    also_at(slug=found.slug)
    questions = public.eligibility(found.call.id)
    results = verdicts(questions, check_answers(request.args, questions), found.serves)
    stage = stage_of(results)
    return render_template(
        "programmes/check/conditions.html",
        programme=found,
        call=found.call,
        verdicts=results,
        stages=STAGES,
        asked=any(one.answer for one in results),
        sent="sent" in request.args and not switches_language(),
        complete=all(one.answer for one in results),
        fits=all(one.fits for one in results),
        others=[one for one in fitting(everybody, stage) if one.id != found.id],
    )
