"""The reviewers of a call: invite, change, remove, take over from an earlier call; and the review plan."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Purpose, Role
from app.core.audit import audit_trail
from app.core.db.base import db, lock, lock_where
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.addresses import mailed_address, page_path
from app.programmes.models import Call
from app.reviewers.actions.common import lock_call, write
from app.reviewers.models import Assignment, ReadingPlan, Reviewer
from app.reviewers.queries import load, people


@dataclass(frozen=True)
class ReviewerProfile:
    """A reviewer's organisation, languages and sectors (codes separated by spaces), and their own limit."""

    organisation: str
    languages: str
    expertise: str
    most_files: int | None


@dataclass(frozen=True)
class Plan:
    """The review plan of a call."""

    readings: int
    most_files: int
    due_on: date | None
    blind: str
    wide_spread: int
    band: int


def decide_plan(call: Call, plan: Plan, *, by: Person, at: datetime) -> None:
    """Set the review plan; existing assignments stay until they are balanced again."""
    row, _is_new = get_or_create(lambda: db.session.get(ReadingPlan, call.id), lambda: ReadingPlan(call_id=call.id))
    for name, value in asdict(plan).items():
        setattr(row, name, value)
    db.session.flush()
    due_on = plan.due_on.isoformat() if plan.due_on else None
    audit_trail.record(
        "call.reading_planned", by=by.ref, about=f"call:{call.id}", at=at, **(asdict(plan) | {"due_on": due_on})
    )


def invite(
    call: Call, email: str, *, name: str, language: str, reads: ReviewerProfile, by: Person, at: datetime
) -> Reviewer:
    """Invite a reviewer to this call: grants the role and mails a one-time link.

    A known person keeps their name and language. Raises Conflict for a reviewer of this call.
    """
    lock_call(call.id)
    person = accounts.get_or_create_person(email, name=name, language=language, at=at)
    reviewer = people.reviewer_of(call.id, person.id)
    if reviewer is not None:
        lock(reviewer)
    if reviewer is not None and reviewer.left_at is None:
        raise Conflict("reads already")
    accounts.grant(person, Role.REVIEWER, by=by.ref, at=at)
    if reviewer is None:
        reviewer = Reviewer(call_id=call.id, person=person)
        db.session.add(reviewer)
    reviewer.left_at, reviewer.invited_at, reviewer.invited_by_id = None, at, by.id
    _fill(reviewer, reads)
    audit_trail.record("reader.invited", by=by.ref, about=person.ref, at=at, call=call.id)
    _send_invitation(reviewer, call, by=by, at=at)
    return reviewer


def invite_again(reviewer: Reviewer, call: Call, *, by: Person, at: datetime) -> None:
    """Mail a new link. Raises Conflict for a reviewer who left."""
    lock(reviewer)
    if reviewer.left_at is not None:
        raise Conflict("left")
    _send_invitation(reviewer, call, by=by, at=at)


def take_over(call: Call, reviewers: Iterable[Reviewer], *, by: Person, at: datetime) -> int:
    """Invite the reviewers of an earlier call with their profiles; return how many are new here."""
    invited = 0
    for one in reviewers:
        here = people.reviewer_of(call.id, one.person_id)
        if here is None or here.left_at is not None:
            reads = ReviewerProfile(one.organisation, one.languages, one.expertise, one.most_files)
            invite(
                call, one.person.email, name=one.person.name, language=one.person.language, reads=reads, by=by, at=at
            )
            invited += 1
    return invited


def change(reviewer: Reviewer, reads: ReviewerProfile, *, by: Person, at: datetime) -> None:
    """Change a reviewer's profile."""
    _fill(reviewer, reads)
    audit_trail.record("reader.changed", by=by.ref, about=reviewer.person.ref, at=at, call=reviewer.call_id)


def remove_reviewer(reviewer: Reviewer, *, by: str, at: datetime) -> bool:
    """Remove a reviewer from this call: unfinished reviews come back, finished ones count.

    Returns whether something of theirs stays; without any started review their row is deleted.
    """
    lock_call(reviewer.call_id)
    lock(reviewer)
    if reviewer.left_at is not None:
        raise Conflict("left")
    lock_where(Assignment, Assignment.reviewer_id == reviewer.id)
    audit_trail.record("reader.left", by=by, about=reviewer.person.ref, at=at, call=reviewer.call_id)
    if not load.begun_by(reviewer.id):
        db.session.delete(reviewer)
        db.session.flush()
        return False
    for assignment in load.of_reviewer(reviewer.id):
        db.session.delete(assignment)
    reviewer.left_at = at
    db.session.flush()
    return True


def _fill(reviewer: Reviewer, reads: ReviewerProfile) -> None:
    for name, value in asdict(reads).items():
        setattr(reviewer, name, value)
    db.session.flush()


def _send_invitation(reviewer: Reviewer, call: Call, *, by: Person, at: datetime) -> None:
    """Mail a one-time link, valid for two weeks; one letter per minute, so that a double click sends one."""
    person = reviewer.person
    path = page_path("reviewers_reviewer.declare", lang=person.language, key=call.key)
    token = accounts.make_link(person, next_path=path, at=at, purpose=Purpose.REVIEWER)
    url = mailed_address("accounts_public.open_link", lang=person.language, token=token)
    plan = people.plan_of(call.id)
    key = f"reader_invited:{reviewer.id}:{at:%Y-%m-%dT%H:%M}"
    write(reviewer, call, "reader_invited", key=key, url=url, at=at, sender=by.name, due_on=plan.due_on)
