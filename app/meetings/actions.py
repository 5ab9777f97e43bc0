"""Prepare a jury meeting, lead it application by application, and close its minutes."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
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
from app.core.i18n.bilingual import Bilingual
from app.decisions.actions import deciding
from app.mail.actions import writing
from app.meetings import queries
from app.meetings.models import Absence, Item, Meeting, MeetingMember, RemovedMember
from app.meetings.rules import Order, Role, Stage, in_order
from app.programmes.models import Call


def plan(
    call: Call, starts_at: datetime, *, place: Bilingual, quorum: int, minutes_each: int, by: Person, at: datetime
) -> Meeting:
    """Create a meeting; its creator is the secretary until another is named."""
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
    found: Meeting, starts_at: datetime, *, place: Bilingual, quorum: int, minutes_each: int, by: Person, at: datetime
) -> None:
    """Change date, time, place or quorum. Raises Conflict once the minutes are agreed.

    Members get a letter when date, time or place changes.
    """
    still_open(found)
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
    """Cancel a meeting without decisions, and tell its members. Raises Conflict otherwise."""
    still_open(found)
    if any(one.outcome for one in queries.items(found.id)):
        raise Conflict("decided")
    found.cancelled_at = found.revised_at = at
    db.session.flush()
    audit_trail.record("meeting.cancelled", by=by.ref, about=f"meeting:{found.id}", at=at)
    _write("meeting_cancelled", found, [one.person for one in queries.members_of(found.id)], by=by, at=at)


def add_member(found: Meeting, person: Person, role: Role, *, by: Person, at: datetime) -> MeetingMember:
    """Add a member with an invitation, or change a member's role.

    There is one chair and one secretary: a former one becomes a member.
    """
    still_open(found)
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
    """Remove a member who never attended, and tell them."""
    still_open(found)
    mine = queries.member_of(found.id, person_id)
    if mine is None or mine.came_at:
        return
    person = mine.person
    _lose(found, mine, at=at)
    audit_trail.record("meeting.seat_taken_away", by=by.ref, about=f"meeting:{found.id}", at=at)
    _write("meeting_seat_lost", found, [person], by=by, at=at)


def hand_over_memberships(person: Person, heir: Person | None, *, by: str, at: datetime) -> int:
    """Remove somebody from every meeting whose minutes are not agreed; return how many.

    A member who attended stays in the minutes, as gone from now on. The heir replaces one who never attended.
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
    """Append applications to the agenda."""
    still_open(found)
    last = max((one.position for one in queries.items(found.id)), default=0)
    for number, application in enumerate(applications, last + 1):
        get_or_create(
            lambda file=application.id: queries.item_about(found.id, file),  # type: ignore[misc]
            lambda file=application.id, number=number: Item(meeting_id=found.id, application_id=file, position=number),  # type: ignore[misc]
        )


def take_off(found: Meeting, item: Item) -> None:
    """Remove an application that was not opened. Raises Conflict otherwise."""
    still_open(found)
    if item.opened_at:
        raise Conflict("opened")
    db.session.delete(item)
    db.session.flush()


def shift(found: Meeting, item: Item, by_places: int) -> None:
    """Move an application by this many places."""
    still_open(found)
    every = queries.items(found.id)
    place = every.index(item)
    every.insert(max(0, min(len(every) - 1, place + by_places)), every.pop(place))
    _number(every)


def put_in_order(found: Meeting, order: Order) -> None:
    """Sort the agenda; opened applications stay first."""
    still_open(found)
    every = queries.items(found.id)
    begun = [one for one in every if one.opened_at]
    rest = {one.application_id: one for one in every if not one.opened_at}
    files = [one.application for one in rest.values()]
    voices = queries.voices_of(list(rest))
    means = [_mean(voices.get(file.id, [])) for file in files]
    _number([*begun, *(rest[file.id] for file in in_order(files, order, means))])


def come_in(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """A member arrives, for the first time or again."""
    still_open(found)
    mine.came_at, mine.left_at = mine.came_at or at, None
    found.opened_at = found.opened_at or at
    db.session.flush()


def go_out(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """A member leaves the meeting."""
    still_open(found)
    mine.left_at = at if mine.came_at else None
    db.session.flush()


def open_item(found: Meeting, item: Item, *, at: datetime) -> None:
    """Open an application, which resumes the meeting. Raises Conflict while another one is open."""
    still_open(found)
    _still_there(item)
    if any(one.is_open and one.id != item.id for one in queries.items(found.id)):
        raise Conflict("another file is open", words=_l("Another file is open. Decide or postpone it first."))
    found.opened_at, item.opened_at = found.opened_at or at, item.opened_at or at
    found.closed_at = None
    db.session.flush()


def all_left(found: Meeting, item: Item, *, by: Person, at: datetime) -> None:
    """Record that all members in conflict have left the room."""
    still_open(found)
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
    """Show the scores of all reviewers. Raises Conflict while a member in conflict is still in the room."""
    _at_stage(found, item, Stage.TALK)
    item.revealed_at = at
    db.session.flush()


def decide(
    found: Meeting, item: Item, outcome: State, *, reason: str, rank: int | None, by: Person, at: datetime
) -> None:
    """Record the jury's decision; not published. Raises Conflict without a quorum, or before the scores are shown."""
    sheet = _at_stage(found, item, Stage.REVEALED)
    if not sheet.presence.is_enough(found.quorum):
        raise Conflict("quorum", words=_l("There is no quorum: nothing was decided."))
    item.outcome, item.reason, item.decided_at = outcome.value, reason, at
    item.rank, item.present = rank if outcome is State.RESERVE else None, sheet.presence.deciding
    item.draft = None
    db.session.flush()  # overrides the minutes of an earlier meeting
    deciding.record_decision(item.application, outcome, reason=reason, rank=rank, by=by, at=at)


def postpone(found: Meeting, item: Item) -> None:
    """Close an application for now; it moves to the end of the agenda."""
    still_open(found)
    if item.decided_at:
        raise Conflict("decided")
    item.opened_at = item.revealed_at = None
    every = [one for one in queries.items(found.id) if one.id != item.id]
    _number([*every, item])


def reopen(found: Meeting, item: Item, *, at: datetime) -> None:
    """Reopen a decided application, until the minutes are agreed."""
    if not item.decided_at:
        raise Conflict("not decided")
    _still_there(item)
    item.decided_at = None
    open_item(found, item, at=at)


def keep_typed(found: Meeting, item: Item | None, *, notes: str, draft: dict[str, str] | None) -> None:
    """Store notes and a half-typed decision, without other effects."""
    still_open(found)
    found.notes = notes
    if item is not None and not item.decided_at:
        item.draft = draft or None
    db.session.flush()


def close(found: Meeting, *, notes: str, at: datetime) -> None:
    """End the meeting, with a closing remark for the minutes; calling it again only changes the remark."""
    still_open(found)
    found.notes, found.closed_at = notes, found.closed_at or at
    db.session.flush()


def agree(found: Meeting, content: dict[str, Any], *, by: Person, at: datetime) -> str:
    """Agree the minutes, which freezes them. Records and returns a digest of their content.

    Raises Conflict before the meeting is closed, and when they are agreed already.
    """
    still_open(found)
    if found.closed_at is None:
        raise Conflict("not closed")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
    found.agreed_at = at
    db.session.flush()
    audit_trail.record("meeting.agreed", by=by.ref, about=f"meeting:{found.id}", at=at, digest=digest)
    return digest


def _at_stage(found: Meeting, item: Item, wanted: Stage) -> queries.Sheet:
    still_open(found)
    _still_there(item)
    sheet = queries.sheets(found, [item], queries.members_of(found.id))[0]
    if sheet.stage is not wanted:
        raise Conflict(sheet.stage)
    return sheet


def _still_there(item: Item) -> None:
    """Raise Conflict for an application that is no longer before the jury."""
    if item.application.state == State.WITHDRAWN:
        raise Conflict("withdrawn", words=_l("The applicant withdrew this file: nothing is decided on it any more."))
    if item.application.state != State.JURY:
        raise Conflict(
            "not before the jury", words=_l("This file is no longer before the jury: nothing is decided on it now.")
        )


def still_open(found: Meeting) -> None:
    """Raise Conflict for agreed minutes or a cancelled meeting."""
    if found.agreed_at:
        raise Conflict("agreed", words=_l("The minutes of this meeting are agreed: nothing changes any more."))
    if found.cancelled_at:
        raise Conflict("cancelled", words=_l("This meeting was cancelled."))


def _lose(found: Meeting, mine: MeetingMember, *, at: datetime) -> None:
    """Delete a membership, and remember it for the calendar."""
    db.session.delete(mine)
    db.session.flush()
    db.session.merge(RemovedMember(meeting_id=found.id, person_id=mine.person_id, at=at))
    db.session.flush()


def _write(kind: str, found: Meeting, people: Iterable[Person], *, by: Person, at: datetime, **values: Any) -> None:
    """Mail these people, except the one who acts, about a future meeting. Names no application.

    No letters about a meeting in the past, nor when its date is corrected afterwards.
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
