"""The people, messages and state changes of an application."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from app.accounts.models import Person
from app.applications.models import Application, ApplicationMessage, FormMove, Member, Move, SectionSave
from app.applications.rules.states import OPEN_STATES, State
from app.applications.rules.timeline import Line, timeline
from app.core.db.base import UTCDateTime, db
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call, CallStep


def files_of_person(person_id: int, only_started_in: int | None, *, helped: bool = True) -> list[Application]:
    """The applications a person owns or works on, newest first; an unconfirmed session sees only those started in it.

    `helped`: includes those where the person assists as a colleague.
    """
    query = select(Application).order_by(Application.id.desc())
    if only_started_in is not None:
        mine = query.where(Application.person_id == person_id, Application.started_in_id == only_started_in)
        return list(db.session.scalars(mine))
    shared = select(Member.application_id).where(Member.person_id == person_id, Member.accepted_at.is_not(None))
    reasons: list[ColumnElement[bool]] = [Application.person_id == person_id, Application.id.in_(shared)]
    if helped:
        reasons.append(Application.assisted_by_id == person_id)
    return list(db.session.scalars(query.where(or_(*reasons))))


def files_for_call(person_id: int, call_id: int, only_started_in: int | None) -> list[Application]:
    """A person's applications to a call that are not withdrawn, newest first; `only_started_in` as above."""
    mine = Application.person_id == person_id
    if only_started_in is not None:
        mine &= Application.started_in_id == only_started_in
    else:
        mine |= Application.id.in_(select(Member.application_id).where(Member.person_id == person_id))
    wanted = select(Application).where(
        mine,
        Application.call_id == call_id,
        Application.state != State.WITHDRAWN,
        Application.is_rehearsal.is_(False),
    )
    return list(db.session.scalars(wanted.order_by(Application.id.desc())))


def draft_of(person_id: int, call_id: int) -> Application | None:
    """A person's newest open draft for a call."""
    wanted = select(Application).where(
        Application.person_id == person_id,
        Application.call_id == call_id,
        Application.state == State.DRAFT,
        Application.is_rehearsal.is_(False),
    )
    return db.session.scalar(wanted.order_by(Application.id.desc()).limit(1))


def own_deadline() -> ColumnElement[datetime]:
    """SQL of `SubmissionWindow.deadline`, for applications joined with their call."""
    return case((Application.late_until > Call.closes_at, Application.late_until), else_=Call.closes_at)


def members_of(application_id: int) -> list[Member]:
    """Members and open invitations, in the order of invitation."""
    return list(db.session.scalars(select(Member).where(Member.application_id == application_id).order_by(Member.id)))


def call_titled(key: str) -> Bilingual | None:
    """The title of the call of this application, without a check of rights: nothing about a person."""
    return db.session.scalar(
        select(Call.title).join(Application, Application.call_id == Call.id).where(Application.key == key)
    )


def members_of_each(application_ids: Collection[int]) -> dict[int, list[Member]]:
    """The same for several applications, in one statement; those without members are left out."""
    found: dict[int, list[Member]] = {}
    for one in db.session.scalars(select(Member).where(Member.application_id.in_(application_ids)).order_by(Member.id)):
        found.setdefault(one.application_id, []).append(one)
    return found


def role_of_member(application_id: int, person_id: int) -> str | None:
    """The role of a member who is not the owner; an open invitation gives none."""
    wanted = select(Member.role).where(
        Member.application_id == application_id, Member.person_id == person_id, Member.accepted_at.is_not(None)
    )
    return db.session.scalar(wanted)


def invitations_of(person_id: int) -> list[Any]:
    """A person's unanswered invitations, newest first: rows of Member and Application."""
    wanted = (
        select(Member, Application)
        .join(Application, Application.id == Member.application_id)
        .where(
            Member.person_id == person_id,
            Member.accepted_at.is_(None),
            Application.state.in_([State.DRAFT, *OPEN_STATES]),
        )
    )
    return list(db.session.execute(wanted.order_by(Member.id.desc())))


def saves_of(application_id: int) -> list[Any]:
    """How often and when each section was last saved: rows of section, times, last."""
    last = func.max(SectionSave.saved_at, type_=UTCDateTime)
    wanted = select(SectionSave.section, func.count().label("times"), last.label("last"))
    mine = wanted.where(SectionSave.application_id == application_id)
    return list(db.session.execute(mine.group_by(SectionSave.section)))


def names_of_writers(application: Application) -> dict[int, str]:
    """The names of the owner and of everybody who saved something."""
    saved = select(SectionSave.saved_by_id).where(SectionSave.application_id == application.id)
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(saved)))
    return {application.person_id: application.person.name} | {row.id: row.name for row in rows}


def moves_of(application_id: int) -> list[Move]:
    """Changes of state, oldest first."""
    return list(db.session.scalars(select(Move).where(Move.application_id == application_id).order_by(Move.id)))


def messages_of(application_id: int) -> list[ApplicationMessage]:
    """Messages between applicant and team, oldest first."""
    wanted = select(ApplicationMessage).where(ApplicationMessage.application_id == application_id)
    return list(db.session.scalars(wanted.order_by(ApplicationMessage.id)))


def form_moves(application_id: int) -> list[FormMove]:
    """Form changes that the applicant has not read about yet, oldest first."""
    wanted = select(FormMove).where(FormMove.application_id == application_id, FormMove.seen_at.is_(None))
    return list(db.session.scalars(wanted.order_by(FormMove.id)))


def handed_in(refs: Iterable[str], *conditions: ColumnElement[bool]) -> dict[str, Any]:
    """Rows of key, title and language of these submitted applications, by their audit reference.

    Drafts, and applications that do not meet the conditions, are left out.
    """
    ids = [int(ref.removeprefix("application:")) for ref in refs if ref.startswith("application:")]
    rows = db.session.execute(
        select(Application.id, Application.key, Application.title, Application.language).where(
            Application.id.in_(ids), Application.submitted_at.is_not(None), *conditions
        )
    )
    return {f"application:{row.id}": row for row in rows}


def timeline_of(application: Application, moves: Sequence[Move], today: date) -> list[Line]:
    """The dated way of this application; `moves`: its changes of state, oldest first."""
    planned = select(CallStep).where(CallStep.call_id == application.call_id, CallStep.on > today)
    steps = db.session.scalars(planned.order_by(CallStep.on, CallStep.position))
    call = application.call
    return timeline(
        State(application.state),
        moves,
        list(steps),
        received_at=application.submitted_at,
        closed_early_at=call.closes_at if call.closed_early_from else None,
        today=today,
    )
