"""A programme as visitors will see it, before it is published."""

from flask import render_template

from app.accounts.guards import staff
from app.core import clock
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint
from app.events import queries as events
from app.events.rules import SPOKEN
from app.programmes.exports import COMPARISON
from app.programmes.queries import public
from app.programmes.rules.calls import closing_step, step_states

SESSIONS = 3

bp = AppBlueprint("programmes_preview", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/voorbeeld", fr="/equipe/appels/<key>/apercu")
def preview(key: str) -> str:
    at = clock.now()
    found = public.previewed(key, at)
    if found is None or found.call is None:
        raise NotFound
    steps, criteria = public.timeline_and_rubric(found.call.id)
    return render_template(
        "programmes/preview/preview.html",
        programme=found,
        call=found.call,
        comparison=COMPARISON,
        closing=closing_step(steps, found.call.closes_at) if found.call.closed_early_from else None,
        timeline=list(zip(steps, step_states([step.on for step in steps], clock.day_of(at)), strict=True)),
        criteria=criteria,
        form=public.form_of(found.call),
        minutes={},
        sessions=events.of_programme(found.id, at, limit=SESSIONS),
        spoken=SPOKEN,
        things=[],
    )
