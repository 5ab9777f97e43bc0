"""The team's first page."""

from typing import Any

from flask import render_template

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.applications.queries import around
from app.applications.rules.states import STATE_NAMES, State
from app.casework.queries import list as list_queries
from app.casework.queries import talk
from app.conflicts.queries.hidden import open_to
from app.contact.queries import how_many_wait
from app.core.audit import audit_trail
from app.core.http.web import AppBlueprint
from app.dashboard.rules import waiting
from app.decisions.queries import announcing, places
from app.mail.rules.states import MailState
from app.outbox import queries as outbox

LAST_ACTIONS = 12
LOOK_BACK = 60  # entries; more than are shown, because those about hidden applications are left out
MOST_ASKED = 10
# Actions worth showing to colleagues; saving sections and signing in would bury them.
SHOWN_ACTIONS = (
    "application.submitted",
    "application.withdrawn",
    "application.moved",
    "application.noted",
    "decision.taken",
    "decision.told",
    "page.rewritten",
    "questionnaire.published",
)

bp = AppBlueprint("dashboard_staff", __name__, guard=staff)


@bp.page(nl="/team", fr="/equipe")
def desk() -> Any:
    actions = audit_trail.latest(LOOK_BACK, SHOWN_ACTIONS)
    files = around.handed_in((entry.about for entry in actions), open_to(person.id))
    shown = [entry for entry in actions if entry.about in files or not entry.about.startswith("application:")]
    actions = shown[:LAST_ACTIONS]
    counts = list_queries.how_many_by_state(person.id)
    ids = [int(entry.by.removeprefix("person:")) for entry in actions if entry.by.startswith("person:")]
    return render_template(
        "dashboard/staff/desk.html",
        me=person,
        counts=counts,
        waiting=waiting(counts, announcing.how_many_unpublished(person.id)),
        state_names=STATE_NAMES,
        states=[state for state in State if state is not State.DRAFT],
        messages=how_many_wait(),
        asked=talk.waiting_messages(MOST_ASKED, person.id),
        failed_letters=outbox.how_many_by_state(person.id)[MailState.FAILED],
        reserves=places.reserves_waiting(person.id),
        actions=actions,
        files=files,
        people=names(ids),
    )
