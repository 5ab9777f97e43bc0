"""Queries about meetings, members, agenda items and reviews."""

from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person, RoleGrant
from app.accounts.rules import STAFF
from app.applications.models import Application, Move
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to, people_in_conflict
from app.core.db.base import db, lock_where
from app.core.db.transactions import reading
from app.core.errors import NotFound
from app.decisions.models import Advice, Decision
from app.decisions.rules.outcomes import Agreed
from app.interviews.models import Interview
from app.meetings.models import Absence, Item, Meeting, MeetingMember, RemovedMember
from app.meetings.rules import Presence, Role, Stage, stage_of
from app.programmes.models import Call, Criterion
from app.review.models import CriterionScore, Review
from app.review.rules.scoring import Scored, weighted_mean
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force


@dataclass(frozen=True)
class Voice:
    """One reviewer's result; `value` on 0-100."""

    name: str
    value: float | None
    scores: list[Any]
    recommendation: str
    comment: str


@dataclass(frozen=True)
class Sheet:
    """One agenda item as the jury sees it."""

    item: Item
    stage: Stage
    to_leave: list[str]
    presence: Presence
    voices: list[Voice]
    advice: Advice | None = None
    notes: str = ""
    decision: Decision | None = None

    def is_out(self, member: MeetingMember) -> bool:
        """True when this member left the room for it."""
        return is_in(member) and member.person_id in self.presence.away and member.person.name not in self.to_leave

    @property
    def mean(self) -> float | None:
        """The mean of the reviewers' results."""
        values = [one.value for one in self.voices if one.value is not None]
        return fmean(values) if values else None


def meetings_of(call_id: int) -> list[Meeting]:
    """Meetings of a call, latest first."""
    return list(
        db.session.scalars(select(Meeting).where(Meeting.call_id == call_id).order_by(Meeting.starts_at.desc()))
    )


def meeting(key: str) -> Meeting:
    """A meeting, locked with the applications on its agenda when the caller may write. Raises NotFound.

    Applications are locked first, as in every action: deciding on one locks the meetings that decided on it.
    """
    if not reading():
        here = select(Item.application_id).join(Meeting, Meeting.id == Item.meeting_id).where(Meeting.key == key)
        lock_where(Application, Application.id.in_(here))
        lock_where(Meeting, Meeting.key == key)
    found = db.session.scalar(select(Meeting).where(Meeting.key == key))
    if found is None:
        raise NotFound
    return found


def call_of(found: Meeting) -> Call:
    """The call of a meeting."""
    return db.session.get_one(Call, found.call_id)


def member_of(meeting_id: int, person_id: int) -> MeetingMember | None:
    """The membership of a person."""
    return db.session.scalar(
        select(MeetingMember).where(MeetingMember.meeting_id == meeting_id, MeetingMember.person_id == person_id)
    )


def removed_member_of(meeting_id: int, person_id: int) -> RemovedMember | None:
    """The former membership of a person."""
    return db.session.get(RemovedMember, (meeting_id, person_id))


def item_about(meeting_id: int, application_id: int) -> Item | None:
    """The agenda item of an application."""
    wanted = select(Item).where(Item.meeting_id == meeting_id, Item.application_id == application_id)
    return db.session.scalar(wanted)


def members_of(meeting_id: int) -> list[MeetingMember]:
    """The members, chair first, then by name."""
    rows = db.session.scalars(select(MeetingMember).where(MeetingMember.meeting_id == meeting_id))
    places = list(Role)
    return sorted(rows, key=lambda member: (places.index(Role(member.role)), member.person.name, member.id))


def items(meeting_id: int) -> list[Item]:
    """The agenda in order."""
    return list(db.session.scalars(select(Item).where(Item.meeting_id == meeting_id).order_by(Item.position, Item.id)))


def item(meeting_id: int, item_id: int) -> Item:
    """An agenda item. Raises NotFound."""
    found = db.session.scalar(select(Item).where(Item.meeting_id == meeting_id, Item.id == item_id))
    if found is None:
        raise NotFound
    return found


def candidates(meeting_id: int, call_id: int, viewer: int) -> list[Application]:
    """Applications before the jury that are on no open agenda of this call."""
    listed = select(Item.application_id).where(Item.meeting_id == meeting_id)
    wanted = select(Application).where(
        Application.call_id == call_id,
        Application.state == State.JURY,
        Application.is_rehearsal.is_(False),
        Application.id.not_in(listed),
        open_to(viewer),
    )
    return list(db.session.scalars(wanted.order_by(Application.reference)))


def possible_members(call_id: int, meeting_id: int) -> list[Any]:
    """Reviewers of the call and colleagues who are not members: rows of id and name."""
    seated = select(MeetingMember.person_id).where(MeetingMember.meeting_id == meeting_id)
    reads = select(Reviewer.person_id).where(Reviewer.call_id == call_id, Reviewer.left_at.is_(None))
    staff = select(RoleGrant.person_id).where(RoleGrant.role.in_(STAFF))
    wanted = select(Person.id, Person.name).where(Person.id.in_(reads) | Person.id.in_(staff), Person.id.not_in(seated))
    return list(db.session.execute(wanted.order_by(Person.name, Person.id)))


def hidden_from(application_ids: list[int], person_id: int) -> set[int]:
    """The applications among these that are hidden from this person."""
    return {number for number, people in people_in_conflict(application_ids).items() if person_id in people}


def absences(meeting_id: int) -> dict[int, set[int]]:
    """For each agenda item the members who left the room."""
    rows = db.session.execute(
        select(Absence.item_id, Absence.person_id)
        .join(Item, Item.id == Absence.item_id)
        .where(Item.meeting_id == meeting_id)
    )
    found: dict[int, set[int]] = {}
    for item_id, person_id in rows:
        found.setdefault(item_id, set()).add(person_id)
    return found


def sheets(found: Meeting, chosen: list[Item], seated: list[MeetingMember]) -> list[Sheet]:
    """Agenda items with everything the jury may see, in five statements."""
    ids = [one.application_id for one in chosen]
    away, close = absences(found.id), people_in_conflict(ids)
    voices = voices_of(ids)
    rows = db.session.execute(
        select(Application.id, Advice, Interview.notes, Decision)
        .outerjoin(Advice, Advice.application_id == Application.id)
        .outerjoin(Interview, Interview.application_id == Application.id)
        .outerjoin(Decision, Decision.application_id == Application.id)
        .where(Application.id.in_(ids))
    )
    around = {row[0]: row for row in rows}
    made = []
    for one in chosen:
        gone, too_close = away.get(one.id, set()), close.get(one.application_id, set())
        presence = presence_of(seated, gone | too_close)
        leaving = [
            member.person.name
            for member in seated
            if member.person_id in too_close and is_in(member) and member.person_id not in gone
        ]
        stage = stage_of(
            opened=one.opened_at is not None,
            to_leave=bool(leaving),
            revealed=one.revealed_at is not None,
            decided=one.decided_at is not None,
            gone=one.is_gone,
        )
        row = around[one.application_id]
        made.append(
            Sheet(one, stage, leaving, presence, voices.get(one.application_id, []), row[1], row[2] or "", row[3])
        )
    return made


def decided_otherwise(listed: list[Item]) -> dict[int, str]:
    """The current outcome of each application where it differs from what the meeting decided."""
    said = {one.application_id: Agreed(one.outcome, one.rank, "") for one in listed if one.decided_at}
    rows = db.session.scalars(select(Decision).where(Decision.application_id.in_(said)))
    return {row.application_id: row.outcome for row in rows if said[row.application_id].differs(row.outcome, row.rank)}


def withdrawn_at(listed: list[Item]) -> dict[int, datetime]:
    """When the applicants withdrew, by application; nothing is asked without such an item."""
    gone = [one.application_id for one in listed if one.application.state == State.WITHDRAWN]
    if not gone:
        return {}
    wanted = select(Move.application_id, Move.at).where(Move.application_id.in_(gone), Move.to_state == State.WITHDRAWN)
    return {row.application_id: row.at for row in db.session.execute(wanted.order_by(Move.id))}


def is_in(member: MeetingMember) -> bool:
    """True when this member is in the room."""
    return member.came_at is not None and member.left_at is None


def presence_of(seated: list[MeetingMember], away: set[int]) -> Presence:
    """Who decides; the secretary does not."""
    came = frozenset(member.person_id for member in seated if is_in(member) and member.role != Role.SECRETARY)
    return Presence(came, frozenset(away))


def voices_of(application_ids: list[int]) -> dict[int, list[Voice]]:
    """Finished reviews of reviewers without a conflict, in one statement."""
    rows = db.session.execute(
        select(
            Assignment.application_id,
            Review.id.label("review_id"),
            Person.name,
            Review.recommendation,
            Review.comment,
            CriterionScore.score,
            CriterionScore.cannot_judge,
            CriterionScore.reason,
            Criterion.code,
            Criterion.weight,
            Criterion.highest,
        )
        .join(Review, Review.assignment_id == Assignment.id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Person, Person.id == Reviewer.person_id)
        .join(CriterionScore, CriterionScore.review_id == Review.id)
        .join(Criterion, Criterion.id == CriterionScore.criterion_id)
        .where(Assignment.application_id.in_(application_ids), Assignment.done_at.is_not(None), in_force())
        .order_by(Person.name, Review.id, Criterion.position, Criterion.code)
    )
    by_review: dict[int, list[Any]] = {}
    for row in rows:
        by_review.setdefault(row.review_id, []).append(row)
    found: dict[int, list[Voice]] = {}
    for marks in by_review.values():
        first = marks[0]
        scored = [Scored(one.weight, one.score, one.highest) for one in marks if one.score is not None]
        voice = Voice(first.name, weighted_mean(scored), marks, first.recommendation, first.comment)
        found.setdefault(first.application_id, []).append(voice)
    return found


def agreed_outcomes(application_ids: list[int]) -> dict[int, Agreed]:
    """What agreed minutes say about each application; a later meeting without agreed minutes reopens it.

    A caller that may write locks the meetings, so that minutes being agreed are committed first.
    """
    wanted = (
        select(Item.application_id, Item.outcome, Item.rank, Meeting.key, Meeting.agreed_at)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(Item.application_id.in_(application_ids), Item.decided_at.is_not(None))
        .order_by(Item.decided_at, Meeting.id)
    )
    rows = db.session.execute(wanted if reading() else wanted.with_for_update(of=Meeting))
    last = {row.application_id: row for row in rows}
    return {number: Agreed(row.outcome, row.rank, row.key) for number, row in last.items() if row.agreed_at is not None}


def meetings_of_member(person_id: int) -> list[Any]:
    """The meetings of a member, next one first: rows of call_id, key and starts_at."""
    wanted = (
        select(Meeting.call_id, Meeting.key, Meeting.starts_at)
        .join(MeetingMember, MeetingMember.meeting_id == Meeting.id)
        .where(MeetingMember.person_id == person_id, Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(db.session.execute(wanted))
