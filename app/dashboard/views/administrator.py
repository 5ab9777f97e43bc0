"""Background jobs, for administrators."""

from flask import current_app, render_template

from app.accounts.guards import administrators
from app.core import clock
from app.core.http.web import AppBlueprint
from app.core.jobs import statuses

bp = AppBlueprint("dashboard_administrator", __name__, guard=administrators)


@bp.page(nl="/team/achtergrondtaken", fr="/equipe/taches-automatiques")
def jobs() -> str:
    return render_template(
        "dashboard/administrator/jobs.html", statuses=statuses(current_app.extensions["jobs"], at=clock.now())
    )
