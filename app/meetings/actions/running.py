"""While the jury sits together: who is there, one file after the other, and the end of it."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.applications.rules import State
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict, Refused
from app.decisions import actions as decisions
from app.decisions.queries import decision_of
from app.meetings import queries
from app.meetings.actions.preparing import refuse_once_agreed
from app.meetings.models import Absence, Item, Meeting, Seat
from app.meetings.queries import Line, Table
from app.meetings.rules import POSTPONED, Role, Stage


class NoQuorum(Conflict):
    """Too few members are there to decide."""


def begin(table: Table, *, by: Person, at: datetime) -> None:
    """The meeting begins. Raises Conflict when something is missing for it, or it began before."""
    refuse_once_agreed(table.meeting)
    if table.gaps or table.meeting.opened_at:
        raise Conflict("not ready")
    table.meeting.opened_at = at
    _note("begun", table.meeting, by=by, at=at)


def come(meeting: Meeting, seat: Seat, *, by: Person, at: datetime) -> None:
    """Somebody is there, from now on or again."""
    _refuse_unless_running(meeting)
    if not seat.is_there:
        seat.came_at, seat.left_at = seat.came_at or at, None
        _note("came", meeting, by=by, at=at, person=seat.person_id)


def go(meeting: Meeting, seat: Seat, *, by: Person, at: datetime) -> None:
    """Somebody goes home, or out for a while."""
    _refuse_unless_running(meeting)
    if seat.is_there:
        seat.left_at = at
        _note("went", meeting, by=by, at=at, person=seat.person_id)


def open_item(table: Table, line: Line, *, by: Person, at: datetime) -> None:
    """The next file. Raises Conflict while another one is open, or when this one was discussed."""
    _refuse_unless_running(table.meeting)
    if table.open or line.item.decided_at:
        raise Conflict("another file is open")
    line.item.opened_at = at
    _note("file_opened", table.meeting, by=by, at=at, item=line.item.id)


def have_left(table: Table, line: Line, *, by: Person, at: datetime) -> None:
    """The secretary saw everybody go out who is too close to this file. The second time nothing happens."""
    _refuse_unless_running(table.meeting)
    if line.stage in (Stage.WAITING, Stage.DECIDED):
        raise Conflict(line.stage)
    for one in line.must_leave:
        db.session.add(Absence(item_id=line.item.id, person_id=one.person_id))
        _note("left_for_file", table.meeting, by=by, at=at, item=line.item.id, person=one.person_id)


def reveal(table: Table, line: Line, *, by: Person, at: datetime) -> None:
    """All scores at once, taken down as they are now. Raises Conflict as long as somebody must still leave."""
    _refuse_unless_running(table.meeting)
    if line.stage is Stage.REVEALED:
        return
    if line.stage is not Stage.TALKING:
        raise Conflict(line.stage)
    line.item.revealed_at, line.item.scores = at, queries.taken_down(line.item.application_id)
    _note("revealed", table.meeting, by=by, at=at, item=line.item.id)


def decide(
    table: Table, line: Line, outcome: State, *, reason: str, rank: int | None, by: Person, at: datetime
) -> None:
    """What the jury decides, kept as a decision that nobody is told yet.

    Raises NoQuorum when too few decide, and Conflict before the scores were revealed, when the file is no longer
    before the jury, or when it was told.
    """
    _refuse_unless_running(table.meeting)
    if line.stage is not Stage.REVEALED:
        raise Conflict(line.stage)
    if len(line.deciding) < table.meeting.quorum:
        raise NoQuorum("quorum")
    taken = decisions.take(line.item.application, outcome, reason=reason, rank=rank, by=by, at=at)
    item = line.item
    item.outcome, item.rank, item.reason = outcome.value, taken.rank, reason
    _end(table, item, present=len(line.deciding), by=by, at=at)


def postpone(table: Table, line: Line, *, reason: str, by: Person, at: datetime) -> None:
    """Leave the file for another meeting; this needs no quorum."""
    _refuse_unless_running(table.meeting)
    if line.stage in (Stage.WAITING, Stage.DECIDED):
        raise Conflict(line.stage)
    item = line.item
    item.outcome, item.rank, item.reason = POSTPONED, None, reason
    _end(table, item, present=len(line.deciding), by=by, at=at)


def reopen(table: Table, line: Line, *, by: Person, at: datetime) -> None:
    """Talk about a file again until the minutes are agreed on: its decision is taken back, who must leave leaves again.

    Raises Conflict while another file is open, and when the decision was told.
    """
    refuse_once_agreed(table.meeting)
    item, taken = line.item, decision_of(line.item.application_id)
    if item.decided_at is None or table.open or (taken and taken.told_at):
        raise Conflict("told")
    if taken and item.outcome != POSTPONED:
        db.session.delete(taken)
        audit.record("decision.taken_back", by=by.ref, about=item.application.ref, at=at)
    db.session.execute(delete(Absence).where(Absence.item_id == item.id))
    item.outcome, item.rank, item.reason, item.scores, item.present = "", None, "", [], None
    item.opened_at, item.revealed_at, item.decided_at, table.meeting.closed_at = at, None, None, None
    _note("file_reopened", table.meeting, by=by, at=at, item=item.id)


def close(table: Table, *, by: Person, at: datetime) -> None:
    """The meeting ends; files that were not opened stay undecided. Raises Conflict while a file is open."""
    _refuse_unless_running(table.meeting)
    if table.open:
        raise Conflict("a file is open")
    table.meeting.closed_at = at
    _note("closed", table.meeting, by=by, at=at)


def agree(table: Table, *, by: Person, at: datetime) -> None:
    """The chair agrees on the minutes: nothing changes afterwards, and what they rest on is sealed in the audit trail.

    Raises Refused for anybody but the chair, and Conflict before the meeting ended or the second time.
    """
    refuse_once_agreed(table.meeting)
    mine = table.seat_of(by.id)
    if mine is None or mine.role != Role.CHAIR:
        raise Refused
    if table.meeting.closed_at is None:
        raise Conflict("running")
    _note("agreed", table.meeting, by=by, at=at, content=digest(table))
    table.meeting.agreed_at = at
    db.session.flush()


def digest(table: Table) -> str:
    """SHA-256 of all that the minutes rest on."""
    written = json.dumps(queries.content(table), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _end(table: Table, item: Item, *, present: int, by: Person, at: datetime) -> None:
    item.present, item.decided_at = present, at
    _note("file_ended", table.meeting, by=by, at=at, item=item.id, outcome=item.outcome)


def _refuse_unless_running(meeting: Meeting) -> None:
    refuse_once_agreed(meeting)
    if meeting.opened_at is None or meeting.closed_at:
        raise Conflict("not running")


def _note(deed: str, meeting: Meeting, *, by: Person, at: datetime, **detail: object) -> None:
    db.session.flush()
    audit.record(f"meeting.{deed}", by=by.ref, about=meeting.ref, at=at, **detail)
