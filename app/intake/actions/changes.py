"""Change dates or form of a call that has drafts."""

from datetime import datetime, timedelta

from sqlalchemy import insert, literal, select, update

from app.accounts.models import Person
from app.applications.actions.common import own_deadline, write_to_writers
from app.applications.models import Application, FormMove
from app.applications.rules.states import State
from app.core.db.base import db
from app.core.i18n.addresses import mailed_address
from app.core.i18n.bilingual import Bilingual
from app.intake import queries
from app.programmes.actions import calls, judging
from app.programmes.models import Call
from app.questionnaires.models import QuestionnaireVersion

A_MINUTE = timedelta(minutes=1)


def reschedule(call: Call, *, opens_at: datetime, closes_at: datetime | None, by: Person, at: datetime) -> int:
    """Change the dates of a call and mail those who are writing and whose own deadline moves; return how many."""
    drafts = queries.being_written(call.id)
    deadlines = {one.id: own_deadline(one) for one in drafts}
    calls.reschedule(call, opens_at=opens_at, closes_at=closes_at, by=by, at=at)
    concerned = [one for one in drafts if own_deadline(one) != deadlines[one.id]]
    for application in concerned:
        url = mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
        key = f"dates:{application.id}:{at.isoformat()}"
        after = own_deadline(application)
        write_to_writers(
            application,
            "call_dates_changed",
            key=key,
            url=url,
            at=at,
            before=deadlines[application.id],
            after=after if after and after > at else None,
        )
    return len(concerned)


def close_now(call: Call, *, by: Person, at: datetime) -> int:
    """Close an open call now; applicants who are writing keep their grace period."""
    return reschedule(call, opens_at=call.opens_at, closes_at=max(at, call.opens_at + A_MINUTE), by=by, at=at)


def use_version(
    call: Call, version: QuestionnaireVersion, *, reason: Bilingual | None = None, by: Person, at: datetime
) -> int:
    """Use this form version from now on; open drafts move to it with all their answers. Returns how many.

    Submissions stay as they are. Each draft records the changes for its applicant. Raises Conflict after the first
    finished review, and on a public call without a reason.
    """
    judging.choose_form(call, version.id, reason=reason, by=by, at=at)
    here = (Application.call_id == call.id, Application.state == State.DRAFT)
    there = (*here, Application.questionnaire_version_id != version.id)
    moved = select(
        Application.id, Application.questionnaire_version_id, literal(version.id), literal(at, type_=FormMove.at.type)
    ).where(*there)
    columns = ["application_id", "from_version_id", "to_version_id", "at"]
    db.session.execute(insert(FormMove).from_select(columns, moved, include_defaults=False))
    changed = db.session.execute(
        update(Application)
        .where(*there)
        .values(questionnaire_version_id=version.id)
        .execution_options(synchronize_session="fetch")
    )
    return int(getattr(changed, "rowcount", 0))
