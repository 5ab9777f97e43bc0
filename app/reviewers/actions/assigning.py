"""Assign applications to reviewers: one, several, or by the balanced plan."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts import actions as conflicts
from app.conflicts.queries.facts import files_in_selection
from app.conflicts.queries.hidden import people_in_conflict
from app.core.audit import audit_trail
from app.core.db.base import db, lock, lock_where
from app.reviewers.actions.common import lock_call
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries import assignment as assignment_queries
from app.reviewers.queries import load, people


def detect_conflicts(call_id: int, *, at: datetime) -> int:
    """Hide every application from reviewers with a possible conflict, and take back what they have not started.

    Call it whenever reviewers or applications are added, and before assigning. Returns how many signals are new.
    """
    lock_call(call_id)
    reviewers = [one for one in people.reviewers_of(call_id) if one.left_at is None]
    new = conflicts.propose(assignment_queries.new_signs(reviewers, files_in_selection(call_id)), at=at)
    take_back_hidden(call_id, at=at)
    return new


def take_back_hidden(call_id: int, *, at: datetime) -> None:
    """Take back assignments of reviewers in conflict; started ones stay, hidden, and do not count."""
    found = [one.id for one in load.hidden_from_their_reviewer(call_id)]
    if not found:
        return
    lock_where(Assignment, Assignment.id.in_(found))  # a reviewer who starts at this moment keeps their text
    for assignment in load.hidden_from_their_reviewer(call_id):
        about, person = f"application:{assignment.application_id}", f"person:{assignment.reviewer.person_id}"
        audit_trail.record("reading.taken_back", by="system", about=about, at=at, person=person)
        db.session.delete(assignment)
    db.session.flush()


def give(
    files: Iterable[Application], reviewers: Collection[Reviewer], *, by: Person, at: datetime
) -> tuple[int, list[tuple[int, int]]]:
    """Assign each application to each of these reviewers by hand: (number of new ones, pairs that a conflict
    forbids).
    """
    chosen = list(files)
    if not chosen or not reviewers:
        return 0, []
    lock(*chosen)
    detect_conflicts(chosen[0].call_id, at=at)
    lock(*reviewers)
    away = people_in_conflict([file.id for file in chosen])
    has = {(row.application_id, row.reviewer_id) for row in load.readings_of([file.id for file in chosen])}
    new, refused = 0, []
    for file in chosen:
        free = [one for one in reviewers if one.left_at is None and one.call_id == file.call_id]
        refused += [(file.id, one.id) for one in free if one.person_id in away.get(file.id, set())]
        added = [one for one in free if (file.id, one.id) not in has and (file.id, one.id) not in refused]
        _add(((file.id, one.id, []) for one in added), by_hand=True, by=by, at=at)
        _note(file, added, [], by=by, at=at)
        new += len(added)
    return new, refused


def choose(
    file: Application, reviewers: Collection[Reviewer], *, by: Person, at: datetime
) -> tuple[int, int, list[tuple[int, int]]]:
    """Set the reviewers of an application, keeping those who started: (added, removed, pairs that a conflict
    forbids).
    """
    added, refused = give([file], reviewers, by=by, at=at)
    wanted = {one.id for one in reviewers}
    lock_where(Assignment, Assignment.application_id == file.id)
    gone = [row for row in load.readings_of([file.id]) if row.reviewer_id not in wanted and not row.begun]
    if gone:
        db.session.execute(delete(Assignment).where(Assignment.id.in_([row.id for row in gone])))
        _note(file, [], [db.session.get_one(Reviewer, row.reviewer_id) for row in gone], by=by, at=at)
    return added, len(gone), refused


def assign_balanced(call_id: int, digest: str, *, by: Person, at: datetime) -> bool:
    """Carry out the balanced plan if it is still the one that was shown; otherwise return False and do nothing."""
    detect_conflicts(call_id, at=at)
    plan = assignment_queries.assignment_proposal(call_id).proposal
    if plan.digest != digest:
        return False
    gone = {(one.file, one.reviewer) for one in plan.removed}
    files = {file for file, _reader in gone}
    lock_where(Assignment, Assignment.application_id.in_(files))
    rows = load.readings_of(files)
    ids = [row.id for row in rows if (row.application_id, row.reviewer_id) in gone and not row.begun]
    for start in range(0, len(ids), 500):  # the number of parameters per statement is limited
        db.session.execute(delete(Assignment).where(Assignment.id.in_(ids[start : start + 500])))
    _add(((one.file, one.reviewer, one.why) for one in plan.added), by_hand=False, by=by, at=at)
    pairs: dict[str, Any] = {"added": [[one.file, one.reviewer] for one in plan.added], "removed": sorted(gone)}
    audit_trail.record("call.files_spread", by=by.ref, about=f"call:{call_id}", at=at, **pairs)
    return True


def _add(rows: Iterable[tuple[int, int, list[dict[str, Any]]]], *, by_hand: bool, by: Person, at: datetime) -> None:
    db.session.add_all(
        [
            Assignment(application_id=file, reviewer_id=reviewer, at=at, by_id=by.id, by_hand=by_hand, why=why)
            for file, reviewer, why in rows
        ]
    )
    db.session.flush()


def _note(file: Application, added: list[Reviewer], taken: list[Reviewer], *, by: Person, at: datetime) -> None:
    for action, reviewers in (("reading.given", added), ("reading.taken_back", taken)):
        for one in reviewers:
            audit_trail.record(action, by=by.ref, about=file.ref, at=at, person=f"person:{one.person_id}")
