"""Before the jury comes together: when and where, who sits there, which files in which order."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete

from app.accounts.models import Person
from app.core import audit
from app.core.db import db
from app.core.errors import Conflict
from app.meetings import queries
from app.meetings.models import Item, Meeting, Seat
from app.meetings.queries import Line, Table
from app.meetings.rules import Order, Role, by_value, in_turn
from app.programmes.models import Call


def make_meeting(
    call: Call, *, starts_at: datetime, place: str, quorum: int, minutes_each: int, by: Person, at: datetime
) -> Meeting:
    """A meeting of the jury of this call, without members and files yet."""
    made = Meeting(
        key=secrets.token_urlsafe(16), call=call, starts_at=starts_at, place=place, quorum=quorum,
        minutes_each=minutes_each,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    audit.record("meeting.made", by=by.ref, about=made.ref, at=at)
    return made


def change(
    meeting: Meeting, *, starts_at: datetime, place: str, quorum: int, minutes_each: int, notes: str, by: Person,
    at: datetime,
) -> None:  # fmt: skip
    """When, where, how many must be there, and what else belongs in the minutes."""
    refuse_once_agreed(meeting)
    meeting.starts_at, meeting.place, meeting.quorum = starts_at, place, quorum
    meeting.minutes_each, meeting.notes = minutes_each, notes
    db.session.flush()
    audit.record("meeting.changed", by=by.ref, about=meeting.ref, at=at, quorum=quorum)


def seat(table: Table, roles: Mapping[int, Role], *, by: Person, at: datetime) -> None:
    """Who sits there, by the id of the person. Whoever has come in keeps a seat, at least as a member."""
    refuse_once_agreed(table.meeting)
    for one in table.seats:
        if one.person_id in roles:
            one.role = roles[one.person_id]
        elif one.came_at:
            one.role = Role.MEMBER
        else:
            db.session.delete(one)
    there = {one.person_id for one in table.seats}
    new = {person_id: role for person_id, role in roles.items() if person_id not in there}
    db.session.add_all(
        Seat(meeting_id=table.meeting.id, person_id=person_id, role=role) for person_id, role in new.items()
    )
    db.session.flush()
    audit.record("meeting.seated", by=by.ref, about=table.meeting.ref, at=at, members=len(roles))


def add_files(meeting: Meeting, application_ids: Iterable[int], *, by: Person, at: datetime) -> int:
    """Put these files behind the others; says how many. Raises Conflict when one is not before this jury."""
    refuse_once_agreed(meeting)
    wanted, possible = list(dict.fromkeys(application_ids)), set(queries.ids_before_the_jury(meeting))
    if not set(wanted) <= possible:
        raise Conflict("not before the jury")
    items = queries.items_of(meeting.id)
    last = max((one.position for one in items), default=0)
    db.session.add_all(
        Item(meeting_id=meeting.id, application_id=one, position=last + number)
        for number, one in enumerate(wanted, start=1)
    )
    db.session.flush()
    audit.record("meeting.files_added", by=by.ref, about=meeting.ref, at=at, count=len(wanted))
    return len(wanted)


def add_all(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Put every file that is before this jury on the agenda."""
    return add_files(meeting, queries.ids_before_the_jury(meeting), by=by, at=at)


def remove(table: Table, line: Line, *, by: Person, at: datetime) -> None:
    """Take a file off the agenda that was not opened; the numbers close up. Raises Conflict once it was opened."""
    refuse_once_agreed(table.meeting)
    if line.item.opened_at:
        raise Conflict("opened")
    db.session.execute(delete(Item).where(Item.id == line.item.id))
    left = [one.item for one in table.lines if one is not line]
    for number, item in enumerate(left, start=1):
        item.position = number
    db.session.flush()
    audit.record("meeting.file_removed", by=by.ref, about=table.meeting.ref, at=at, item=line.item.id)


def move(table: Table, line: Line, steps: int, *, by: Person, at: datetime) -> None:
    """One place up or down among the files that were not opened; at an end nothing happens."""
    refuse_once_agreed(table.meeting)
    if line.item.opened_at:
        raise Conflict("opened")
    free = [one.item for one in table.lines if not one.item.opened_at]
    here = free.index(line.item)
    there = here + steps
    if not 0 <= there < len(free):
        return
    free[here].position, free[there].position = free[there].position, free[here].position
    db.session.flush()
    audit.record("meeting.file_moved", by=by.ref, about=table.meeting.ref, at=at, item=line.item.id)


def arrange(table: Table, how: Order, *, by: Person, at: datetime) -> None:
    """Put the files that were not opened yet in this order, on the places that they have.

    Those for which somebody must leave come last, by reference: people go out once, and to whoever only sees a
    number its place says nothing of the value.
    """
    refuse_once_agreed(table.meeting)
    free = {one.item.application_id: one.item for one in table.lines if not one.item.opened_at}
    order = by_value(queries.values(list(free)))
    if how is Order.LANGUAGE:
        order = in_turn(order, {one: item.application.language for one, item in free.items()})
    leaving = {one.item.application_id for one in table.lines if one.leaves}
    order = [one for one in order if one not in leaving]
    order += sorted(leaving & set(free), key=lambda one: free[one].application.reference or "")
    places = sorted(item.position for item in free.values())
    for place, application_id in zip(places, order, strict=True):
        free[application_id].position = place
    db.session.flush()
    audit.record("meeting.arranged", by=by.ref, about=table.meeting.ref, at=at, order=how.value)


def refuse_once_agreed(meeting: Meeting) -> None:
    """Raises Conflict when the minutes were agreed on: nothing changes any more."""
    if meeting.agreed_at:
        raise Conflict("agreed")
