"""The load of reviewers, and applications that need reviewers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, tuple_

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries.hidden import open_to
from app.conflicts.rules.status import HIDING, IN_SELECTION
from app.core.db.base import db
from app.reviewers.models import Assignment, ReadingPlan, Reviewer
from app.reviewers.rules.plan import OUT_OF_IT, TO_READ

PAGE_SIZE = 50
MOST_SHORT = 50
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Load:
    """One reviewer's load: assigned, started, finished, left, and not notified yet."""

    files: int = 0
    begun: int = 0
    done: int = 0
    left: int = 0
    not_notified: int = 0


def in_force() -> ColumnElement[bool]:
    """Condition: the assignment counts, because its reviewer is not in conflict.

    A finished review stops counting when a conflict is found, and counts again when it is dismissed. Few pairs are
    excluded: the database lists them once, not per assignment.
    """
    too_close = (
        select(ConflictOfInterest.application_id, Reviewer.id)
        .join(Reviewer, Reviewer.person_id == ConflictOfInterest.person_id)
        .where(ConflictOfInterest.status.in_(HIDING))
    )
    return tuple_(Assignment.application_id, Assignment.reviewer_id).not_in(too_close)


def loads(call_id: int, *, for_person: int | None = None) -> dict[int, Load]:
    """The load of each reviewer of a call, by id; without applications hidden from the viewer."""
    open_files = true() if for_person is None else open_to(for_person)
    begun, done = Assignment.begun_at.is_not(None), Assignment.done_at.is_not(None)
    left = and_(Assignment.done_at.is_(None), Application.state.in_(IN_SELECTION))
    rows = db.session.execute(
        _work(
            Assignment.reviewer_id,
            func.count(),
            _how_many(begun),
            _how_many(done),
            _how_many(left),
            _how_many(and_(left, Assignment.notified_at.is_(None))),
        )
        .where(Reviewer.call_id == call_id, open_files)
        .group_by(Assignment.reviewer_id)
    )
    return {row[0]: Load(*row[1:]) for row in rows}


def begun_by(reviewer_id: int) -> int:
    """How many reviews this reviewer started, including hidden ones."""
    wanted = select(func.count()).where(Assignment.reviewer_id == reviewer_id, Assignment.begun_at.is_not(None))
    return db.session.scalar(wanted) or 0


def short_files(call_id: int, readings: int, *, for_person: int) -> list[Any]:
    """Applications with too few reviewers, fewest first, and one more than shown: key, reference, title, language,
    count.

    A finished review of a reviewer who left counts.
    """
    counted = _readings_of(Application.id).where(in_force()).scalar_subquery()
    columns = Application.key, Application.reference, Application.title, Application.language
    return list(
        db.session.execute(
            select(*columns, counted.label("count"))
            .where(_wants_reviewers(call_id), open_to(for_person), counted < readings)
            .order_by(counted, Application.reference)
            .limit(MOST_SHORT + 1)
        )
    )


def files_page(call_id: int, after: str, *, for_person: int) -> list[Any]:
    """One page of applications by reference and one more row; keyset paging."""
    columns = Application.id, Application.key, Application.reference, Application.title, Application.language
    wanted = select(*columns, Application.state).where(
        Application.call_id == call_id,
        Application.is_rehearsal.is_(False),
        Application.state.in_(IN_SELECTION),
        open_to(for_person),
        Application.reference > after,
    )
    return list(db.session.execute(wanted.order_by(Application.reference).limit(PAGE_SIZE + 1)))


def files_at(call_id: int, keys: Collection[str], *, for_person: int) -> list[Application]:
    """The applications with these keys, by reference, in selection and not hidden from the viewer."""
    wanted = select(Application).where(
        Application.call_id == call_id,
        Application.is_rehearsal.is_(False),
        Application.state.in_(IN_SELECTION),
        open_to(for_person),
        Application.key.in_(keys),
    )
    return list(db.session.scalars(wanted.order_by(Application.reference)))


def readings_of(file_ids: Collection[int]) -> list[Any]:
    """Every assignment of these applications with its reviewer, by name; `begun` and `done` as booleans."""
    rows = _work(
        Assignment.id,
        Assignment.application_id,
        Assignment.reviewer_id,
        Assignment.by_hand,
        Assignment.why,
        Person.name,
        Reviewer.left_at,
        Assignment.begun_at.is_not(None).label("begun"),
        Assignment.done_at.is_not(None).label("done"),
        in_force().label("counts"),
        hidden=True,
    ).join(Person, Person.id == Reviewer.person_id)
    wanted = rows.where(Assignment.application_id.in_(file_ids))
    return list(db.session.execute(wanted.order_by(func.lower(Person.name), Assignment.id)))


def files_of(reviewer_id: int, *, for_person: int) -> list[Any]:
    """The applications of one reviewer, by reference, without those hidden from the viewer."""
    rows = _work(
        Application.key,
        Application.reference,
        Application.title,
        Application.language,
        Application.state,
        Assignment.by_hand,
        Assignment.why,
        Assignment.at,
        Assignment.begun_at.is_not(None).label("begun"),
        Assignment.done_at.label("done_at"),
    )
    wanted = rows.where(Assignment.reviewer_id == reviewer_id, open_to(for_person))
    return list(db.session.execute(wanted.order_by(Application.reference)))


def undone(*where: ColumnElement[bool]) -> list[Assignment]:
    """Condition: the review is not finished."""
    wanted = (
        select(Assignment)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .where(Assignment.done_at.is_(None), *where)
    )
    return list(db.session.scalars(wanted.order_by(Assignment.id)))


def hidden_from_their_reviewer(call_id: int) -> list[Assignment]:
    """Condition: the reviewer is in conflict and has not started; started text is not deleted on a suspicion."""
    return undone(Reviewer.call_id == call_id, Assignment.begun_at.is_(None), ~in_force())


def of_reviewer(reviewer_id: int) -> list[Assignment]:
    """The unfinished assignments of one reviewer."""
    return undone(Assignment.reviewer_id == reviewer_id)


def left_to_hand_back(reader_ids: Collection[int]) -> int:
    """How many unfinished reviews of these reviewers would be assigned again; hidden ones are free already."""
    return len(
        undone(Assignment.reviewer_id.in_(reader_ids), in_force(), Assignment.application_id.in_(_in_selection()))
    )


def not_notified(call_id: int) -> dict[Reviewer, list[Assignment]]:
    """Assignments that reviewers were not mailed about, by reviewer."""
    found: dict[Reviewer, list[Assignment]] = {}
    for one in undone(
        Reviewer.call_id == call_id,
        Reviewer.left_at.is_(None),
        Assignment.notified_at.is_(None),
        in_force(),
        Assignment.application_id.in_(_in_selection()),
    ):
        found.setdefault(one.reviewer, []).append(one)
    return found


def to_remind(today: date, last_day: date, since: datetime) -> list[tuple[Reviewer, date, int]]:
    """(reviewer, last day, number left) of reviewers whose last day is near and who were not reminded."""
    left = _how_many(and_(Assignment.done_at.is_(None), Application.state.in_(IN_SELECTION)))
    counted = (
        _work(Assignment.reviewer_id, left.label("left"))
        .where(Reviewer.left_at.is_(None))
        .group_by(Assignment.reviewer_id)
        .having(left > 0)
        .subquery()
    )
    rows = db.session.execute(
        select(Reviewer, ReadingPlan.due_on, counted.c.left)
        .join(ReadingPlan, ReadingPlan.call_id == Reviewer.call_id)
        .join(counted, counted.c.reviewer_id == Reviewer.id)
        .where(
            ReadingPlan.due_on.between(today, last_day),
            or_(Reviewer.reminded_at.is_(None), Reviewer.reminded_at < since),
        )
        .order_by(Reviewer.id)
        .limit(MOST_AT_ONCE)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _work(*columns: Any, hidden: bool = False) -> Select[Any]:
    """Assignments with application, reviewer and review; only counted ones, unless `hidden` is wanted too."""
    work = (
        select(*columns)
        .select_from(Assignment)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Application, Application.id == Assignment.application_id)
        .where(Application.state.not_in(OUT_OF_IT), Application.is_rehearsal.is_(False))
    )
    return work if hidden else work.where(in_force())


def _readings_of(application_id: Any) -> Select[Any]:
    return (
        select(func.count())
        .select_from(Assignment)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .where(
            Assignment.application_id == application_id,
            or_(Reviewer.left_at.is_(None), Assignment.done_at.is_not(None)),
        )
    )


def _wants_reviewers(call_id: int) -> ColumnElement[bool]:
    return and_(Application.call_id == call_id, Application.is_rehearsal.is_(False), Application.state.in_(TO_READ))


def _in_selection() -> Select[Any]:
    """The ids of the applications that can be assigned; rehearsals are left out."""
    return select(Application.id).where(Application.is_rehearsal.is_(False), Application.state.in_(IN_SELECTION))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
