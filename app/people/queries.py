"""The work assigned to a person in all rooms."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Person, SignIn
from app.applications.models import Application
from app.core.db.base import UTCDateTime, db
from app.interviews.models import Interviewer, Slot
from app.meetings.models import Meeting, MeetingMember
from app.reviewers.models import Reviewer
from app.reviewers.queries.load import left_to_hand_back


@dataclass(frozen=True)
class Duties:
    """Counts of a person's work: calls to review for, unfinished reviews, assisted applications, interviews,
    meetings.
    """

    calls: int
    readings: int
    assisted: int
    tables: int
    meetings: int

    @property
    def are_none(self) -> bool:
        """True when there is nothing to hand over."""
        return not (self.calls or self.readings or self.assisted or self.tables or self.meetings)


def reads_for(person_id: int) -> list[Reviewer]:
    """The person's active places as a reviewer."""
    wanted = select(Reviewer).where(Reviewer.person_id == person_id, Reviewer.left_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Reviewer.call_id)))


def duties_of(person_id: int, at: datetime) -> Duties:
    """What would be handed over now."""
    places = reads_for(person_id)
    assisted = select(func.count()).where(Application.assisted_by_id == person_id)
    tables = select(func.count()).select_from(Interviewer).join(Slot, Slot.id == Interviewer.slot_id)
    members = select(func.count()).select_from(MeetingMember).join(Meeting, Meeting.id == MeetingMember.meeting_id)
    return Duties(
        calls=len(places),
        readings=left_to_hand_back([one.id for one in places]),
        assisted=db.session.scalar(assisted) or 0,
        tables=db.session.scalar(tables.where(Interviewer.person_id == person_id, Slot.ends_at > at)) or 0,
        meetings=db.session.scalar(members.where(MeetingMember.person_id == person_id, Meeting.agreed_at.is_(None)))
        or 0,
    )


def last_signed_in(ids: list[int]) -> dict[int, datetime]:
    """The last sign-in of these people, on any device."""
    wanted = select(SignIn.person_id, func.max(SignIn.started_at, type_=UTCDateTime)).where(SignIn.person_id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(wanted.group_by(SignIn.person_id))}


def suspended() -> list[Person]:
    """Suspended colleagues, latest first."""
    wanted = select(Person).where(Person.suspended_at.is_not(None))
    return list(db.session.scalars(wanted.order_by(Person.suspended_at.desc(), Person.id)))
