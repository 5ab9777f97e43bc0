"""The eligibility check: whether a call fits, and where to go otherwise. Nothing is stored."""

from typing import Any

from flask import render_template, request

from app.accounts.guards import everyone
from app.core import clock
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import also_at
from app.core.i18n.language import locale, switches_language
from app.programmes.forms.finder import carried, check_answers, choices_of, said
from app.programmes.queries import public
from app.programmes.rules.carrying import MUNICIPALITY, PLACE, SUBJECTS, answers_to, asked_in
from app.programmes.rules.eligibility import stage_of, verdicts
from app.programmes.rules.fitting import fitting
from app.questionnaires.rules.definition import Choice

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
    answers, along = check_answers(request.args, questions), carried(request.args)
    results = verdicts(questions, answers, found.serves)
    again = request.args.get("change", "")
    still_open = [one for one in results if not one.answer or one.name == again]
    return render_template(
        "programmes/check/conditions.html",
        programme=found,
        call=found.call,
        results=results,
        answered=[one for one in results if one not in still_open],
        still_open=still_open,
        given=answers | along,
        along=along,
        places=_places(found.call, along) if still_open or again == MUNICIPALITY else [],
        choices_of=choices_of,
        said=said,
        asked=any(one.answer for one in results),
        sent="sent" in request.args and not switches_language(),
        fits=all(one.fits for one in results),
        others=[one for one in fitting(everybody, stage_of(results)) if one.id != found.id],
    )


def _places(call: public.CallRow, along: dict[str, str]) -> list[Choice]:
    """The municipalities to choose from, where the form of the call asks for them and the visitor did not say no."""
    question = asked_in(public.form_of(call)).get(SUBJECTS[MUNICIPALITY].question)
    if question is None or along.get(PLACE) == SUBJECTS[PLACE].no:
        return []
    elsewhere = SUBJECTS[PLACE].in_form(SUBJECTS[PLACE].no)
    return [one for one in answers_to(question, locale()) if one.code != elsewhere]
