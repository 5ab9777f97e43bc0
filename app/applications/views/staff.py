"""Statistics of the applications of a call: counts only."""

from flask import render_template

from app.accounts.guards import staff
from app.applications.queries import monitoring
from app.applications.rules.monitoring import are_complete
from app.core import clock
from app.core.http.web import AppBlueprint
from app.programmes.queries.team import call

bp = AppBlueprint("applications_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/statistiek", fr="/equipe/appels/<key>/statistiques")
def statistics(key: str) -> str:
    """Shown only when nobody can submit any more: one more application would reveal its answers."""
    found = call(key)
    complete = are_complete(found.closes_at, found.grace_minutes, clock.now())
    return render_template(
        "applications/staff/statistics.html",
        call=found,
        complete=complete,
        questions=monitoring.counted_questions(found) if complete else [],
    )
