"""A meeting with everything around its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules import State
from app.conflicts.queries import kept_away_from, open_to
from app.core.db import db
from app.meetings import rules
from app.meetings.models import Absence, Item, Meeting, Seat
from app.meetings.rules import Stage
from app.readers.models import Reader


@dataclass(frozen=True)
class Line:
    """One file of the agenda. `kept_away`: from whom it is hidden; `away`: who went out for it."""

    item: Item
    kept_away: frozenset[int]
    away: frozenset[int]
    seats: list[Seat]

    @property
    def must_leave(self) -> list[Seat]:
        """Who sits in the room and has to go out before anything of this file is shown."""
        return [one for one in self.seats if one.is_there and one.person_id in self.kept_away - self.away]

    @property
    def leaves(self) -> bool:
        """Is it hidden from anybody at this table, there or not? Then it is a number to those who are listed."""
        return any(one.person_id in self.kept_away for one in self.seats)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        item = self.item
        return rules.stage(
            opened=item.opened_at is not None, revealed=item.revealed_at is not None,
            decided=item.decided_at is not None, must_leave=bool(self.must_leave),
        )  # fmt: skip

    @property
    def deciding(self) -> set[int]:
        """The ids of those who decide on it now."""
        return rules.deciding(self.seats, self.away | self.kept_away)


@dataclass(frozen=True)
class Table:
    """A meeting, who sits in it, and its agenda in order."""

    meeting: Meeting
    seats: list[Seat]
    lines: list[Line]

    @property
    def open(self) -> Line | None:
        """The file that is being discussed."""
        return next((one for one in self.lines if one.item.opened_at and not one.item.decided_at), None)

    @property
    def gaps(self) -> list[str]:
        """What is missing before it can begin."""
        return rules.gaps(self.seats, len(self.lines), self.meeting.quorum)

    def seat_of(self, person_id: int) -> Seat | None:
        """The seat of somebody."""
        return next((one for one in self.seats if one.person_id == person_id), None)

    def line(self, item_id: int) -> Line | None:
        """One file of the agenda."""
        return next((one for one in self.lines if one.item.id == item_id), None)


def meeting_by_key(key: str, *, lock: bool = False) -> Meeting | None:
    """One meeting; `lock`: whoever acts in it a moment later waits, and then sees what was done."""
    wanted = select(Meeting).where(Meeting.key == key)
    if lock:
        wanted = wanted.with_for_update(of=Meeting)
    return db.session.scalar(wanted.execution_options(populate_existing=lock))


def meetings_of(call_id: int) -> list[Meeting]:
    """The meetings of a call, the last one first."""
    wanted = select(Meeting).where(Meeting.call_id == call_id)
    return list(db.session.scalars(wanted.order_by(Meeting.starts_at.desc(), Meeting.id)))


def meetings_with(person_id: int) -> list[Meeting]:
    """The meetings in which somebody has a seat, the last one first."""
    wanted = select(Meeting).join(Seat, Seat.meeting_id == Meeting.id).where(Seat.person_id == person_id)
    return list(db.session.scalars(wanted.order_by(Meeting.starts_at.desc(), Meeting.id)))


def table_of(meeting: Meeting) -> Table:
    """Everything around the table of a meeting: four statements, however many files."""
    seats = list(db.session.scalars(select(Seat).where(Seat.meeting_id == meeting.id).order_by(Seat.id)))
    items = items_of(meeting.id)
    kept_away = kept_away_from([one.application_id for one in items])
    away: dict[int, set[int]] = {}
    for row in db.session.scalars(select(Absence).where(Absence.item_id.in_([one.id for one in items]))):
        away.setdefault(row.item_id, set()).add(row.person_id)
    lines = [
        Line(one, frozenset(kept_away.get(one.application_id, ())), frozenset(away.get(one.id, ())), seats)
        for one in items
    ]
    return Table(meeting, sorted(seats, key=lambda one: (one.person.name, one.id)), lines)


def items_of(meeting_id: int) -> list[Item]:
    """The agenda in its order; of each file no more than what stands in its own row."""
    file = joinedload(Item.application).options(
        lazyload(Application.call), lazyload(Application.person), lazyload(Application.version)
    )
    wanted = select(Item).where(Item.meeting_id == meeting_id).options(file)
    return list(db.session.scalars(wanted.order_by(Item.position, Item.id)))


def possible_members(call_id: int, staff: Iterable[Person]) -> list[Any]:
    """Readers of this call and colleagues, by name: rows of id and name."""
    readers = select(Reader.person_id).where(Reader.call_id == call_id, Reader.left_at.is_(None))
    ids = [one.id for one in staff]
    wanted = select(Person.id, Person.name).where(Person.id.in_(readers) | Person.id.in_(ids))
    return list(db.session.execute(wanted.order_by(Person.name, Person.id)))


def addable(meeting: Meeting, person_id: int) -> list[Any]:
    """Files before the jury that are not on this agenda, as this colleague may see them: rows."""
    return list(
        db.session.execute(
            select(Application.id, Application.reference, Application.title, Application.language)
            .where(*_before_the_jury(meeting), open_to(person_id))
            .order_by(Application.reference, Application.id)
        )
    )


def ids_before_the_jury(meeting: Meeting) -> list[int]:
    """All of them, also those that are hidden from somebody."""
    wanted = select(Application.id).where(*_before_the_jury(meeting))
    return list(db.session.scalars(wanted.order_by(Application.reference, Application.id)))


def _before_the_jury(meeting: Meeting) -> tuple[Any, ...]:
    listed = select(Item.application_id).where(Item.meeting_id == meeting.id)
    return (
        Application.call_id == meeting.call_id, Application.state == State.JURY, Application.is_rehearsal.is_(False),
        Application.id.not_in(listed),
    )  # fmt: skip


def content(around: Table) -> dict[str, Any]:
    """All that the minutes rest on, without a name: what is sealed when they are agreed on."""
    meeting = around.meeting
    seats = [[one.person_id, one.role, _iso(one.came_at), _iso(one.left_at)] for one in around.seats]
    items = [
        {
            "file": line.item.application.reference, "number": line.item.position, "opened": _iso(line.item.opened_at),
            "revealed": _iso(line.item.revealed_at), "decided": _iso(line.item.decided_at),
            "present": line.item.present, "outcome": line.item.outcome, "rank": line.item.rank,
            "reason": line.item.reason, "scores": line.item.scores, "away": sorted(line.away),
        }
        for line in around.lines
    ]  # fmt: skip
    return {
        "meeting": meeting.key, "call": meeting.call.key, "starts": _iso(meeting.starts_at), "place": meeting.place,
        "quorum": meeting.quorum, "opened": _iso(meeting.opened_at), "closed": _iso(meeting.closed_at),
        "notes": meeting.notes, "seats": sorted(seats), "items": items,
    }  # fmt: skip


def _iso(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
