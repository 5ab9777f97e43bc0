"""Places of a call: taken, awaiting an answer, and the reserve list."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, func, select, union

from app.accounts.models import Person, RoleGrant
from app.accounts.rules import Role
from app.applications.models import Application
from app.applications.rules.states import State
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.decisions.models import Decision
from app.decisions.queries.announcing import REAL
from app.decisions.rules.outcomes import HOLDS_A_PLACE, free_places, is_late
from app.programmes.models import Call, CallStep
from app.reviewers.models import Reviewer

IS_PUBLISHED = Decision.published_at.is_not(None)


@dataclass(frozen=True)
class Places:
    """The places of one call. `next_id`: the decision that is first on the reserve list.

    Lists leave out what the viewer may not see, but the counts include every place.
    """

    total: int
    taken: int
    next_id: int | None
    holders: tuple[Decision, ...]
    reserve: tuple[Decision, ...]
    today: date

    @property
    def free(self) -> int:
        return free_places(self.total, self.taken)

    @cached_property
    def next(self) -> Decision | None:
        """The applicant proposed for a free place; None when none is free, or when the viewer may not see them."""
        return next((one for one in self.reserve if one.id == self.next_id and self.free), None)

    @cached_property
    def late(self) -> frozenset[int]:
        """Decisions whose last day to answer has passed."""
        return frozenset(one.id for one in self.holders if is_late(one.application.state, one.answer_by, self.today))


@dataclass(frozen=True)
class Waiting:
    """A call with a free place and somebody on its reserve list."""

    key: str
    title: Bilingual
    free: int
    reserve: int


def planned_day(call_id: int) -> date | None:
    """The day by which a place is confirmed according to the plan of the call."""
    last = func.max(CallStep.on)
    return db.session.scalar(select(last).where(CallStep.call_id == call_id, CallStep.reaches == State.CONFIRMED))


def places_of(call: Call, person_id: int, today: date) -> Places:
    """The places and the reserve list of this call."""
    shown = (
        select(Decision)
        .join(Decision.application)
        .where(
            Application.call_id == call.id,
            REAL,
            IS_PUBLISHED,
            open_to(person_id),
            Application.state.in_([*HOLDS_A_PLACE, State.RESERVE]),
        )
        .order_by(Decision.rank, Application.reference, Decision.id)
    )
    every = list(db.session.scalars(shown))
    return Places(
        total=call.places,
        taken=taken(call.id),
        next_id=first_on_the_list(call.id),
        holders=tuple(one for one in every if one.application.state != State.RESERVE),
        reserve=tuple(one for one in every if one.application.state == State.RESERVE),
        today=today,
    )


def taken(call_id: int) -> int:
    """How many places are taken, confirmed or not yet."""
    wanted = select(func.count()).where(Application.call_id == call_id, REAL, Application.state.in_(HOLDS_A_PLACE))
    return db.session.scalar(wanted) or 0


def first_on_the_list(call_id: int, *, rehearsal: bool = False) -> int | None:
    """The first decision on the reserve list."""
    return db.session.scalar(_reserve(select(Decision.id), call_id, rehearsal).limit(1))


def ranks_taken(call_id: int, *, rehearsal: bool = False, but: int = 0) -> frozenset[int]:
    """The published ranks on the reserve list; `but`: a decision that is about to change."""
    published = _reserve(select(Decision.rank), call_id, rehearsal).where(
        Decision.id != but, Decision.rank.is_not(None)
    )
    return frozenset(rank for rank in db.session.scalars(published) if rank)


def reserves_waiting(person_id: int) -> list[Waiting]:
    """Calls with a free place and a reserve list, for the dashboard."""
    on_list = func.count(Application.id).filter(Application.state == State.RESERVE, open_to(person_id))
    taken_count = func.count(Application.id).filter(Application.state.in_(HOLDS_A_PLACE))
    rows = db.session.execute(
        select(Call.key, Call.title, Call.places, taken_count.label("taken"), on_list.label("reserve"))
        .join(Application, Application.call_id == Call.id)
        .where(REAL, Application.state.in_([*HOLDS_A_PLACE, State.RESERVE]))
        .group_by(Call.id)
        .having(and_(on_list > 0, taken_count < Call.places))
        .order_by(Call.opens_at.desc(), Call.id)
    )
    return [Waiting(row.key, row.title, free_places(row.places, row.taken), row.reserve) for row in rows]


def names_to_leave_out(call_id: int) -> tuple[str, ...]:
    """Names that must not occur in a text for applicants: the reviewers of the call and everybody with the role."""
    reviewers = select(Reviewer.person_id).where(Reviewer.call_id == call_id)
    all_reviewers = select(RoleGrant.person_id).where(RoleGrant.role == Role.REVIEWER)
    wanted = select(Person.name).where(Person.id.in_(union(reviewers, all_reviewers))).order_by(Person.name, Person.id)
    return tuple(dict.fromkeys(db.session.scalars(wanted)))


def _reserve(wanted: Select[Any], call_id: int, rehearsal: bool) -> Select[Any]:
    return (
        wanted.join(Decision.application)
        .where(
            Application.call_id == call_id,
            Application.is_rehearsal.is_(rehearsal),
            Application.state == State.RESERVE,
            IS_PUBLISHED,
        )
        .order_by(Decision.rank, Application.reference, Decision.id)
    )
