"""Apply the retention table: what the worker deletes or empties for each row with a period."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import String, and_, cast, delete, literal, or_, select, update

from app.accounts import actions as accounts
from app.accounts.models import SignIn
from app.applications.actions import writing as applications_writing
from app.applications.actions.common import write_to_writers
from app.applications.actions.removing import drop_unused
from app.applications.models import Application
from app.applications.rules.states import State
from app.consents import actions as consents
from app.contact import actions as contact
from app.contact.models import Message
from app.core.audit import audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import change_any, lock
from app.core.http import limits
from app.core.text import unsent_texts
from app.events import actions as events
from app.events.models import Event
from app.mail.models import OutgoingMail
from app.meetings.models import Meeting
from app.privacy.actions.emptying import carry_out, delete_files, empty
from app.privacy.actions.rights import erase
from app.privacy.queries import retention as queries
from app.privacy.rules import BY_KEY, RETENTION, Retention
from app.programmes.models import LateCode
from app.subscriptions import actions as subscriptions


def warn(*, url_of: Callable[[Application], str], at: datetime) -> int:
    """Warn applicants that an old draft will be deleted; return how many."""
    lock(*queries.drafts_to_warn(at))
    found = queries.drafts_to_warn(at)  # a save a moment ago keeps the draft
    for one in found:
        one.warned_at = at
        write_to_writers(one, "draft_ending", key=f"draft_ending:{one.id}:{at.isoformat()}", url=url_of(one), at=at)
    return len(found)


def purge(key: str, *, at: datetime) -> int:
    """Apply one row of the table; return how many things were deleted."""
    row = BY_KEY[key]
    if row.states:
        return _applications(row, at)
    if row.period is None or key not in PURGES:
        return 0
    return PURGES[key](row.period.before(at), at)


def _applications(row: Retention, at: datetime) -> int:
    lock(*_due(row, at))
    found = _due(row, at)  # a save or consent a moment ago keeps the application
    if not found:
        return 0
    digests = queries.digests_of(found)
    for one in found:
        audit_trail.record("application.let_go", by="system", about=one.ref, at=at)
    carry_out(delete(OutgoingMail).where(OutgoingMail.about.in_([one.ref for one in found])))
    if State.DRAFT in row.states:
        delete_files(found)
    else:
        empty(found, at=at)
    drop_unused(digests, at=at)
    return len(found)


def _due(row: Retention, at: datetime) -> list[Application]:
    if State.DRAFT in row.states:
        return queries.drafts_to_delete(at, rolling=row.key == "rolling_drafts")
    return queries.settled_long_ago(row, at)


def _registrations(before: datetime, _at: datetime) -> int:
    """Names and addresses, and letters that contain them."""
    over = select(literal("event:") + cast(Event.id, String)).where(Event.ends_at <= before)
    return events.forget(before=before) + change_any(delete(OutgoingMail).where(OutgoingMail.about.in_(over)))


def _messages(before: datetime, _at: datetime) -> int:
    """Messages of visitors, and the letters that forwarded them to colleagues."""
    old = select(literal("message:") + cast(Message.id, String)).where(Message.handled_at <= before)
    letters = change_any(delete(OutgoingMail).where(OutgoingMail.about.in_(old)))
    return letters + contact.forget(before=before)


def _letters(before: datetime, _at: datetime) -> int:
    return change_any(delete(OutgoingMail).where(OutgoingMail.created_at <= before))


def _minutes(before: datetime, _at: datetime) -> int:
    old = and_(Meeting.starts_at <= before, Meeting.notes != "")
    return change_any(update(Meeting).where(old).values(notes=""))


def _late_codes(before: datetime, _at: datetime) -> int:
    return change_any(delete(LateCode).where(LateCode.until <= before))


def _sign_ins(before: datetime, _at: datetime) -> int:
    return change_any(delete(SignIn).where(or_(SignIn.ends_at <= before, SignIn.ended_at <= before)))


def _access_entries(before: datetime, _at: datetime) -> int:
    return change_any(delete(AccessLogEntry).where(AccessLogEntry.at <= before))


def _accounts(before: datetime, at: datetime) -> int:
    found = queries.people_without_traces(before)
    for person in found:
        erase(person, by="system", at=at)
    return len(found)


# By row key: what to delete when its period started before a moment. Rows about applications, and rows deleted with
# another one, need none.
PURGES: dict[str, Callable[[datetime, datetime], int]] = {
    "minutes": _minutes,
    "registrations": _registrations,
    "access_needs": lambda before, _at: events.forget_needs(before=before),
    "messages": _messages,
    "subscriptions": lambda before, at: subscriptions.forget(before=before, at=at),
    "subscription_requests": lambda before, _at: subscriptions.forget_requests(before=before),
    "consents": lambda before, _at: consents.forget(before=before),
    "letters": _letters,
    "late_codes": _late_codes,
    "unsaved_texts": lambda before, _at: applications_writing.forget_old_unsaved(before=before),
    "unsent_texts": lambda before, _at: unsent_texts.forget_unsent(before=before),
    "sign_in_links": lambda before, _at: accounts.forget_old_links(before=before),
    "sign_ins": _sign_ins,
    "looks": _access_entries,
    "accounts": _accounts,
    "limits": lambda _before, _at: limits.forget_expired(),
}


def worked_rows() -> list[str]:
    """The rows that the worker applies, in table order."""
    return [one.key for one in RETENTION if one.states or one.key in PURGES]
