"""Calls in selection with their progress."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call
from app.ranking.queries.counting import files_for
from app.ranking.rules.stages import STAGES, Progress, has_begun
from app.review.models import Review
from app.reviewers.models import Assignment, ReadingPlan
from app.reviewers.queries.load import in_force
from app.reviewers.rules.plan import READINGS


@dataclass(frozen=True)
class CallRow:
    """A call in selection."""

    id: int
    key: str
    title: Bilingual
    closes_at: datetime | None
    places: int
    progress: Progress


def calls_in_selection(person_id: int, at: datetime) -> list[CallRow]:
    """Published calls with applications in selection, newest first, in three statements."""
    counts, done = _counts(person_id), _done(person_id)
    rows = db.session.execute(
        select(
            Call.id,
            Call.key,
            Call.title,
            Call.closes_at,
            Call.places,
            func.coalesce(ReadingPlan.readings, READINGS),
            ReadingPlan.due_on,
        )
        .outerjoin(ReadingPlan, ReadingPlan.call_id == Call.id)
        .where(Call.published_at.is_not(None), Call.opens_at <= at)
        .order_by(Call.opens_at.desc(), Call.id)
    )
    return [
        CallRow(*row[:5], Progress(counts[row.id], done.get(row.id, 0), *row[5:]))
        for row in rows
        if has_begun(counts.get(row.id, {}), row.closes_at, at)
    ]


def _counts(person_id: int) -> dict[int, dict[State, int]]:
    """Applications per state, by call."""
    rows = db.session.execute(
        select(Application.call_id, Application.state, func.count())
        .where(
            Application.is_rehearsal.is_(False),
            Application.submitted_at.is_not(None),
            Application.state.in_(STAGES),
            open_to(person_id),
        )
        .group_by(Application.call_id, Application.state)
    )
    found: dict[int, dict[State, int]] = {}
    for call_id, state, count in rows:
        found.setdefault(call_id, {})[State(state)] = count
    return found


def _done(person_id: int) -> dict[int, int]:
    """Finished reviews up to the plan, by call; extra reviews of one application do not make up for another."""
    per_file = (
        select(Application.id, Application.call_id, func.count().label("finished"))
        .join(Assignment, Assignment.application_id == Application.id)
        .join(Review, Review.assignment_id == Assignment.id)
        .where(Assignment.done_at.is_not(None), files_for(person_id), in_force())
        .group_by(Application.id, Application.call_id)
        .subquery()
    )
    planned = func.coalesce(ReadingPlan.readings, READINGS)
    rows = db.session.execute(
        select(per_file.c.call_id, func.sum(case((per_file.c.finished > planned, planned), else_=per_file.c.finished)))
        .outerjoin(ReadingPlan, ReadingPlan.call_id == per_file.c.call_id)
        .group_by(per_file.c.call_id)
    )
    return {call_id: int(count) for call_id, count in rows}
