"""Which applications a reviewer may read: one condition for every list, page, download and count."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, lazyload

from app.accounts.models import Person
from app.applications.models import Application, Member, Submission
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.extension_points import ExtensionPoint
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call
from app.review.models import Review
from app.reviewers.models import Assignment, ReadingPlan, Reviewer
from app.reviewers.rules.plan import WIDE_SPREAD, Blind

OUT_OF_SIGHT = (State.DRAFT, State.INELIGIBLE, State.WITHDRAWN)
BETWEEN, AFTER = "\x1f", "\x1e"  # separators that nobody can type: between name and address, and after each pair

# Extension point: the jury meetings of a person: rows of call_id, key and starts_at, in order.
MEETINGS = ExtensionPoint[Callable[[int], list[Any]]]("meetings_of_reviewer")
DECIDED: ColumnElement[bool] = Application.decided_at.is_not(None)
LAST_NUMBER = select(func.max(Submission.number)).where(Submission.application_id == Application.id).scalar_subquery()
_MEMBERS = (
    select(func.aggregate_strings(Person.name + BETWEEN + Person.email, AFTER))
    .join(Member, Member.person_id == Person.id)
    .where(Member.application_id == Application.id, Member.accepted_at.is_not(None))
    .correlate(Application)
    .scalar_subquery()
)


@dataclass(frozen=True)
class MyCall:
    """A call of a reviewer; before they declared their conflicts they may read nothing of it."""

    id: int
    key: str
    title: Bilingual
    reviewer_id: int
    declared_at: datetime | None
    due_on: date | None
    blind: str


@dataclass(frozen=True)
class MyFile:
    """One application of a reviewer's list; `read`: the submission they read, `last`: the newest one."""

    application_id: int
    key: str
    reference: str
    title: str
    language: str
    state: str
    call_id: int
    reviewer_id: int
    begun_at: datetime | None
    done_at: datetime | None
    read: int | None
    last: int
    decided: bool


@dataclass(frozen=True)
class ReviewAccessRow:
    """One reviewer and one application. `beside`: names and addresses of the other members of its team."""

    application: Application
    assignment: Assignment
    review: Review | None
    blind: str
    wide_spread: int
    decided: bool
    beside: list[tuple[str, str]]


def readable_by(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Condition: this person may read an application assigned to them, in a statement over Application and Reviewer.

    They are an active reviewer who declared their conflicts; the application is submitted, not withdrawn, not
    inadmissible, not emptied, not hidden from them, and not their own. An unaccepted invitation takes no application
    from them. A test application is read only by its tester.
    """
    works_on = select(Member.application_id).where(Member.person_id == person_id, Member.accepted_at.is_not(None))
    someone_elses = and_(
        Application.is_rehearsal.is_(False), Application.person_id != person_id, Application.id.not_in(works_on)
    )
    own_rehearsal = and_(Application.is_rehearsal.is_(True), Application.person_id == person_id)
    return (
        Reviewer.person_id == person_id,
        Reviewer.left_at.is_(None),
        Reviewer.declared_at.is_not(None),
        Application.submitted_at.is_not(None),
        Application.emptied_at.is_(None),
        Application.state.not_in(OUT_OF_SIGHT),
        or_(someone_elses, own_rehearsal),
        open_to(person_id),
    )


def my_calls(person_id: int) -> list[MyCall]:
    """A reviewer's calls, latest deadline first."""
    rows = db.session.execute(
        select(
            Call.id,
            Call.key,
            Call.title,
            Reviewer.id,
            Reviewer.declared_at,
            ReadingPlan.due_on,
            func.coalesce(ReadingPlan.blind, Blind.NEVER.value),
        )
        .join(Reviewer, Reviewer.call_id == Call.id)
        .outerjoin(ReadingPlan, ReadingPlan.call_id == Call.id)
        .where(Reviewer.person_id == person_id, Reviewer.left_at.is_(None))
        .order_by(Call.opens_at.desc(), Call.id.desc())
    )
    return [MyCall(*row) for row in rows]


def my_meetings(person_id: int) -> dict[int, list[Any]]:
    """A reviewer's jury meetings by call, next one first."""
    found: dict[int, list[Any]] = {}
    for meetings_of in MEETINGS.all():
        for row in meetings_of(person_id):
            found.setdefault(row.call_id, []).append(row)
    return found


def my_files(person_id: int, call_id: int | None = None) -> list[MyFile]:
    """A reviewer's applications, of one call or of all."""
    wanted = (
        select(
            Application.id,
            Application.key,
            func.coalesce(Application.reference, ""),
            Application.title,
            Application.language,
            Application.state,
            Application.call_id,
            Reviewer.id,
            Assignment.begun_at,
            Assignment.done_at,
            Review.submission_number,
            func.coalesce(LAST_NUMBER, 1),
            DECIDED,
        )
        .select_from(Assignment)
        .join(Application, Application.id == Assignment.application_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .where(*readable_by(person_id))
        .order_by(Application.id)
    )
    rows: Any = db.session.execute(wanted if call_id is None else wanted.where(Application.call_id == call_id))
    return [MyFile(*row) for row in rows]


def lock_application(key: str) -> None:
    """Lock an application against changes of state and decisions, but not against other reviewers."""
    db.session.execute(select(Application.id).where(Application.key == key).with_for_update(read=True))


def lock_call(key: str) -> None:
    """Lock the call of an application: its criteria cannot change, and reviews finish one at a time."""
    call = select(Application.call_id).where(Application.key == key)
    db.session.execute(select(Call.id).where(Call.id.in_(call)).with_for_update())


def lock_assignment(key: str, person_id: int) -> None:
    """Lock this assignment, so that concurrent saves of its review do not overwrite each other."""
    mine = select(Reviewer.id).where(Reviewer.person_id == person_id)
    file = select(Application.id).where(Application.key == key)
    wanted = select(Assignment.id).where(Assignment.application_id.in_(file), Assignment.reviewer_id.in_(mine))
    db.session.execute(wanted.with_for_update(of=Assignment))


def review_access_row(key: str, person_id: int) -> ReviewAccessRow | None:
    """The application with this key and the reviewer's review; None where they may not read it."""
    row: Any = db.session.execute(
        select(Assignment, Review, ReadingPlan, DECIDED, _MEMBERS)
        .join(Assignment.application)
        .join(Assignment.reviewer)
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .outerjoin(ReadingPlan, ReadingPlan.call_id == Reviewer.call_id)
        .options(
            contains_eager(Assignment.application), contains_eager(Assignment.reviewer), lazyload(Review.assignment)
        )
        .where(Application.key == key, *readable_by(person_id))
    ).one_or_none()
    if row is None:
        return None
    assignment, review, plan, decided, members = row
    return ReviewAccessRow(
        assignment.application,
        assignment,
        review,
        plan.blind if plan else Blind.NEVER,
        plan.wide_spread if plan else WIDE_SPREAD,
        decided,
        _pairs(members or ""),
    )


def _pairs(members: str) -> list[tuple[str, str]]:
    found = [pair.partition(BETWEEN) for pair in members.split(AFTER) if pair]
    return [(name, email) for name, _between, email in found]
