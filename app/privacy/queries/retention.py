"""What the retention table deletes: old drafts, ended applications, inactive people, and their files."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from app.accounts.models import Person, RoleGrant, SignIn, SignInLink
from app.applications.models import (
    Application,
    Attachment,
    Member,
    Move,
    Submission,
)
from app.applications.queries.around import own_deadline
from app.applications.rules.showing import pdf_digest
from app.applications.rules.states import State
from app.consents.models import Consent
from app.consents.queries import is_active
from app.consents.rules import KEEP
from app.core import clock
from app.core.db.base import db
from app.interviews.models import Interviewer
from app.meetings.models import MeetingMember
from app.privacy.rules import WARNED_BEFORE, Retention, period
from app.programmes.models import Call, CallStep
from app.reviewers.models import Reviewer

MOST_AT_ONCE = 50


def drafts_to_warn(at: datetime) -> list[Application]:
    """Drafts that will be deleted soon and whose applicant was not warned."""
    soon = at + WARNED_BEFORE
    unwarned = Application.warned_at.is_(None)
    return [*_old_drafts(soon, unwarned, rolling=False), *_old_drafts(soon, unwarned, rolling=True)]


def drafts_to_delete(at: datetime, *, rolling: bool) -> list[Application]:
    """Drafts past their period whose applicant was warned in time; of calls with or without a deadline."""
    return _old_drafts(at, Application.warned_at <= at - WARNED_BEFORE, rolling=rolling)


def _old_drafts(at: datetime, *more: ColumnElement[bool], rolling: bool) -> list[Application]:
    if rolling:
        old = Call.closes_at.is_(None) & (Application.saved_at <= period("rolling_drafts").before(at))
    else:
        before = period("drafts").before(at)
        old = (own_deadline() <= before) & (Application.saved_at <= before)
    wanted = select(Application).join(Application.call).where(Application.state == State.DRAFT, old, *more)
    return list(db.session.scalars(wanted.order_by(Application.id).limit(MOST_AT_ONCE)))


def settled_long_ago(row: Retention, at: datetime) -> list[Application]:
    """Applications of this row past their period, without a consent to keep them."""
    assert row.period is not None
    before = row.period.before(at)
    moved = select(func.max(Move.at)).where(Move.application_id == Application.id).scalar_subquery()
    kept = select(Consent.application_id).where(
        Consent.application_id == Application.id, Consent.purpose == KEEP, is_active(at)
    )
    wanted = select(Application).where(
        Application.state.in_(row.states), moved <= before, Application.emptied_at.is_(None), ~kept.exists()
    )
    if State.RESERVE in row.states:
        ahead = select(CallStep.id).where(CallStep.call_id == Application.call_id, CallStep.on > clock.day_of(before))
        wanted = wanted.where(~ahead.exists())
    return list(db.session.scalars(wanted.order_by(Application.id).limit(MOST_AT_ONCE)))


def people_without_traces(before: datetime) -> list[Person]:
    """Inactive people of whom nothing but name and address is stored."""
    traces = (
        exists().where(RoleGrant.person_id == Person.id),
        exists().where(
            SignIn.person_id == Person.id,
            SignIn.ended_at.is_(None) | (SignIn.ended_at > before),
            SignIn.ends_at > before,
        ),
        exists().where(SignInLink.person_id == Person.id),
        exists().where(Application.person_id == Person.id, Application.emptied_at.is_(None)),
        exists().where(Member.person_id == Person.id),
        exists().where(Consent.person_id == Person.id),
        exists().where(Reviewer.person_id == Person.id),
        exists().where(MeetingMember.person_id == Person.id),
        exists().where(Interviewer.person_id == Person.id),
    )
    wanted = select(Person).where(Person.name != "", Person.created_at <= before, *(~one for one in traces))
    return list(db.session.scalars(wanted.order_by(Person.id).limit(MOST_AT_ONCE)))


def digests_of(applications: Iterable[Application]) -> set[str]:
    """The files ever sent for these applications, and the PDFs made of them."""
    ids = [one.id for one in applications]
    sent = select(Attachment.digest).where(Attachment.application_id.in_(ids))
    made = select(Submission.id, Application.key).join(Application).where(Application.id.in_(ids))
    return set(db.session.scalars(sent)) | {pdf_digest(*row) for row in db.session.execute(made)}
