"""A running meeting as its members follow it; read-only."""

from typing import Any

from flask import render_template

from app.accounts.guards import person, reviewers
from app.applications.rules.states import STATE_NAMES
from app.core import clock
from app.core.errors import NotFound
from app.core.http.web import AppBlueprint
from app.meetings import queries
from app.meetings.rules import ROLE_NAMES, Stage, may_read_minutes
from app.reviewers.queries.titles import titles_and_redactors

bp = AppBlueprint("meetings_reviewer", __name__, guard=reviewers)


@bp.page(nl="/team/lezen/vergadering/<key>", fr="/equipe/lectures/reunion/<key>")
def follow(key: str) -> Any:
    """For members only; an application hidden from a member shows only its number."""
    found = queries.meeting(key)
    members = queries.members_of(found.id)
    if person.id not in {member.person_id for member in members}:
        raise NotFound
    items = queries.items(found.id)
    hidden = queries.hidden_from([one.application_id for one in items], person.id)
    current = next((one for one in items if one.is_open), None)
    sheet = queries.sheets(found, [current], members)[0] if current and current.application_id not in hidden else None
    known = titles_and_redactors([one.application_id for one in items], person.id)
    redactor = known[sheet.item.application_id][1] if sheet else None
    return render_template(
        "meetings/reviewer/follow.html",
        titles={key: title for key, (title, _redactor) in known.items()},
        redactor=redactor.redact if redactor else None,
        meeting=found,
        call=queries.call_of(found),
        members=members,
        items=items,
        minutes_ready=may_read_minutes(
            agreed=found.agreed_at is not None, reads_blind=any(redactor for _title, redactor in known.values())
        ),
        current=current,
        sheet=sheet,
        stages=Stage,
        hidden=hidden,
        role_names=ROLE_NAMES,
        state_names=STATE_NAMES,
        now=clock.now(),
    )
