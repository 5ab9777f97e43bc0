"""Preparing a meeting of the jury, leading it file by file, and closing its minutes."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.accounts.rules import Role as PersonRole
from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import people_in_conflict
from app.core.audit import audit_trail
from app.core.db.base import db, lock_where
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.addresses import mailed_address
from app.decisions.actions import deciding
from app.mail.actions import writing
from app.meetings import queries
from app.meetings.models import Absence, Item, Meeting, MeetingMember, RemovedMember
from app.meetings.rules import Order, Role, Stage, in_order
from app.programmes.models import Call


def plan(
    call: Call, starts_at: datetime, *, place: str, quorum: int, minutes_each: int, by: Person, at: datetime
) -> Meeting:
    """Put a meeting of the jury in the calendar; whoever does so writes its minutes until somebody else is named."""
    made = Meeting(
        key=secrets.token_urlsafe(16),
        call_id=call.id,
        starts_at=starts_at,
        place=place,
        quorum=quorum,
        minutes_each=minutes_each,
        revised_at=at,
    )
    db.session.add(made)
    db.session.flush()
    add_member(made, by, Role.SECRETARY, by=by, at=at)
    audit_trail.record("meeting.planned", by=by.ref, about=f"meeting:{made.id}", at=at, call=call.key)
    return made


def replan(
    found: Meeting, starts_at: datetime, *, place: str, quorum: int, minutes_each: int, by: Person, at: datetime
) -> None:
    """Change when, where and how many; not once its minutes are agreed. Raises Conflict.

    Members get a letter when the day, the hour or the place changes.
    """
    _still_open(found)
    before, is_moved = found.starts_at, (found.starts_at, found.place) != (starts_at, place)
    found.starts_at, found.place, found.quorum, found.minutes_each = starts_at, place, quorum, minutes_each
    if is_moved:
        found.revised_at = at
    db.session.flush()
    if is_moved:
        audit_trail.record("meeting.moved", by=by.ref, about=f"meeting:{found.id}", at=at)
        members = [one.person for one in queries.members_of(found.id)]
        _write("meeting_moved", found, members, by=by, at=at, before=before if before != starts_at else None)


def cancel(found: Meeting, *, by: Person, at: datetime) -> None:
    """Cancel a meeting that has decided nothing, and tell its members. Raises Conflict."""
    _still_open(found)
    if any(one.outcome for one in queries.items(found.id)):
        raise Conflict("decided")
    found.cancelled_at = found.revised_at = at
    db.session.flush()
    audit_trail.record("meeting.cancelled", by=by.ref, about=f"meeting:{found.id}", at=at)
    _write("meeting_cancelled", found, [one.person for one in queries.members_of(found.id)], by=by, at=at)


def add_member(found: Meeting, person: Person, role: Role, *, by: Person, at: datetime) -> MeetingMember:
    """Give somebody a seat, with an invitation by mail, or another role.

    One chair and one secretary: the former become members.
    """
    _still_open(found)
    seated = queries.members_of(found.id)
    for one in seated:
        if role is not Role.MEMBER and one.role == role:
            one.role = Role.MEMBER
    mine, is_new = get_or_create(
        lambda: queries.member_of(found.id, person.id),
        lambda: MeetingMember(meeting_id=found.id, person_id=person.id, role=role, given_at=at),
    )
    mine.role = role
    db.session.execute(
        delete(RemovedMember).where(RemovedMember.meeting_id == found.id, RemovedMember.person_id == person.id)
    )
    db.session.flush()
    if is_new:
        _write("meeting_invited", found, [person], by=by, at=at)
    return mine


def remove_member(found: Meeting, person_id: int, *, by: Person, at: datetime) -> None:
    """Take away the seat of somebody who never came in, and tell them."""
    _still_open(found)
    mine = queries.member_of(found.id, person_id)
    if mine is None or mine.came_at:
        return
    person = mine.person
    _lose(found, mine, at=at)
    audit_trail.record("meeting.seat_taken_away", by=by.ref, about=f"meeting:{found.id}", at=at)
    _write("meeting_seat_lost", found, [person], by=by, at=at)


def hand_over_memberships(person: Person, heir: Person | None, *, by: str, at: datetime) -> int:
    """Take somebody out of every meeting whose minutes are not agreed; says out of how many.

    Who was in the room stays in the minutes, as gone from now on. The heir takes the seat of whoever never came in.
    """
    mine = select(MeetingMember).join(Meeting, Meeting.id == MeetingMember.meeting_id)
    still_open = Meeting.agreed_at.is_(None), Meeting.cancelled_at.is_(None)
    mine = mine.where(MeetingMember.person_id == person.id, *still_open).order_by(MeetingMember.meeting_id)
    lock_where(Meeting, Meeting.id.in_([one.meeting_id for one in db.session.scalars(mine)]))
    seated = list(db.session.scalars(mine))
    for one in seated:
        found, role = db.session.get_one(Meeting, one.meeting_id), Role(one.role)
        if one.came_at:
            go_out(found, one, at=at)
            continue
        _lose(found, one, at=at)
        if heir is not None and heir.id not in [other.person_id for other in queries.members_of(found.id)]:
            add_member(found, heir, role, by=person, at=at)
        audit_trail.record("meeting.seat_left", by=by, about=f"meeting:{found.id}", at=at)
    return len(seated)


def put_on(found: Meeting, applications: Iterable[Application]) -> None:
    """Put files on the agenda, behind what stands there."""
    _still_open(found)
    last = max((one.position for one in queries.items(found.id)), default=0)
    for number, application in enumerate(applications, last + 1):
        get_or_create(
            lambda file=application.id: queries.item_about(found.id, file),  # type: ignore[misc]
            lambda file=application.id, number=number: Item(meeting_id=found.id, application_id=file, position=number),  # type: ignore[misc]
        )


def take_off(found: Meeting, item: Item) -> None:
    """Take a file off the agenda that nobody has opened. Raises Conflict."""
    _still_open(found)
    if item.opened_at:
        raise Conflict("opened")
    db.session.delete(item)
    db.session.flush()


def shift(found: Meeting, item: Item, by_places: int) -> None:
    """Bring a file forward or back by so many places."""
    _still_open(found)
    every = queries.items(found.id)
    place = every.index(item)
    every.insert(max(0, min(len(every) - 1, place + by_places)), every.pop(place))
    _number(every)


def put_in_order(found: Meeting, order: Order) -> None:
    """Put the whole agenda in an order; what was opened already stays in front."""
    _still_open(found)
    every = queries.items(found.id)
    begun = [one for one in every if one.opened_at]
    rest = {one.application_id: one for one in every if not one.opened_at}
    files = [one.application for one in rest.values()]
    voices = queries.voices_of(list(rest))
    means = [_mean(voices.get(file.id, [])) for file in files]
    _number([*begun, *(rest[file.id] for file in in_order(files, order, means))])


def come_in(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """A member comes in, for the first time or again."""
    _still_open(found)
    mine.came_at, mine.left_at = mine.came_at or at, None
    found.opened_at = found.opened_at or at
    db.session.flush()


def go_out(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """A member goes home."""
    _still_open(found)
    mine.left_at = at if mine.came_at else None
    db.session.flush()


def open_item(found: Meeting, item: Item, *, at: datetime) -> None:
    """Begin with a file; one at a time, and the meeting goes on. Raises Conflict while another one is open."""
    _still_open(found)
    if any(one.opened_at and not one.decided_at and one.id != item.id for one in queries.items(found.id)):
        raise Conflict("another file is open")
    found.opened_at, item.opened_at = found.opened_at or at, item.opened_at or at
    found.closed_at = None
    db.session.flush()


def all_left(found: Meeting, item: Item, *, by: Person, at: datetime) -> None:
    """Whoever is too close to this file has left the room: so says the secretary."""
    _still_open(found)
    close = people_in_conflict([item.application_id]).get(item.application_id, set())
    known = queries.absences(found.id).get(item.id, set())
    leaving = [one.person_id for one in queries.members_of(found.id) if one.person_id in close and queries.is_in(one)]
    for person_id in sorted(set(leaving) - known):
        get_or_create(
            lambda one=person_id: db.session.get(Absence, (item.id, one)),  # type: ignore[misc]
            lambda one=person_id: Absence(item_id=item.id, person_id=one),  # type: ignore[misc]
        )
    about = f"application:{item.application_id}"
    audit_trail.record("meeting.left", by=by.ref, about=about, at=at, meeting=found.id, people=sorted(leaving))


def reveal(found: Meeting, item: Item, *, at: datetime) -> None:
    """Show the scores of all readers at once. Raises Conflict while somebody still has to leave."""
    _at_stage(found, item, Stage.TALK)
    item.revealed_at = at
    db.session.flush()


def decide(
    found: Meeting, item: Item, outcome: State, *, reason: str, rank: int | None, by: Person, at: datetime
) -> None:
    """Record what the jury decides, in private. Raises Conflict without a quorum, or before the scores are shown."""
    sheet = _at_stage(found, item, Stage.REVEALED)
    if not sheet.presence.is_enough(found.quorum):
        raise Conflict("quorum")
    item.outcome, item.reason, item.decided_at = outcome.value, reason, at
    item.rank, item.present = rank if outcome is State.RESERVE else None, sheet.presence.deciding
    item.draft = None
    db.session.flush()  # what the jury says now comes before minutes of an earlier meeting
    deciding.record_decision(item.application, outcome, reason=reason, rank=rank, by=by, at=at)


def postpone(found: Meeting, item: Item) -> None:
    """Close a file for now: it comes back at the end of the agenda."""
    _still_open(found)
    if item.decided_at:
        raise Conflict("decided")
    item.opened_at = item.revealed_at = None
    every = [one for one in queries.items(found.id) if one.id != item.id]
    _number([*every, item])


def reopen(found: Meeting, item: Item, *, at: datetime) -> None:
    """Come back to a file that was decided, as long as the minutes are not agreed."""
    if not item.decided_at:
        raise Conflict("not decided")
    item.decided_at = None
    open_item(found, item, at=at)


def keep_typed(found: Meeting, item: Item | None, *, notes: str, draft: dict[str, str] | None) -> None:
    """Store the notes for the minutes and a half-typed decision, without any other effect."""
    _still_open(found)
    found.notes = notes
    if item is not None and not item.decided_at:
        item.draft = draft or None
    db.session.flush()


def close(found: Meeting, *, notes: str, at: datetime) -> None:
    """End the meeting, with what the minutes should say besides; a second time only these words change."""
    _still_open(found)
    found.notes, found.closed_at = notes, found.closed_at or at
    db.session.flush()


def agree(found: Meeting, content: dict[str, Any], *, by: Person, at: datetime) -> str:
    """The minutes are right: nothing changes afterwards. The trail keeps a digest of what they say, and it is returned.

    Raises Conflict before the meeting is closed, and when they were agreed before.
    """
    _still_open(found)
    if found.closed_at is None:
        raise Conflict("not closed")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
    found.agreed_at = at
    db.session.flush()
    audit_trail.record("meeting.agreed", by=by.ref, about=f"meeting:{found.id}", at=at, digest=digest)
    return digest


def _at_stage(found: Meeting, item: Item, wanted: Stage) -> queries.Sheet:
    _still_open(found)
    sheet = queries.sheets(found, [item], queries.members_of(found.id))[0]
    if sheet.stage is not wanted:
        raise Conflict(sheet.stage)
    return sheet


def _still_open(found: Meeting) -> None:
    if found.agreed_at:
        raise Conflict("agreed")
    if found.cancelled_at:
        raise Conflict("cancelled")


def _lose(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """Delete a seat, and remember that the person had it."""
    db.session.delete(mine)
    db.session.flush()
    db.session.merge(RemovedMember(meeting_id=found.id, person_id=mine.person_id, at=at))
    db.session.flush()


def _write(kind: str, found: Meeting, people: Iterable[Person], *, by: Person, at: datetime, **values: Any) -> None:
    """A letter to each of these people but the one who acts, about a meeting that is to come. It names no file.

    A meeting that is over invites nobody, nor do letters follow a correction of its day afterwards.
    """
    if max(found.starts_at, values.get("before") or found.starts_at) <= at:
        return
    call = queries.call_of(found)
    for person in people:
        if person.id == by.id:
            continue
        if PersonRole.REVIEWER in person.roles:
            url = mailed_address("meetings_reviewer.follow", lang=person.language, key=found.key)
        else:
            url = mailed_address("meetings_staff.live", lang=person.language, key=found.key)
        writing.queue(
            kind,
            to_name=person.name,
            to_email=person.email,
            language=person.language,
            key=f"{kind}:{found.id}:{person.id}:{at.isoformat()}",
            about=f"call:{call.id}",
            at=at,
            call=call,
            meeting=found,
            url=url,
            calendar=mailed_address("meetings_member.calendar", lang=person.language, key=found.key),
            **values,
        )


def _number(every: list[Item]) -> None:
    for number, one in enumerate(every, 1):
        one.position = number
    db.session.flush()


def _mean(voices: list[queries.Voice]) -> float | None:
    values = [one.value for one in voices if one.value is not None]
    return sum(values) / len(values) if values else None
