"""Actions on a place: confirm, give up, promote, extend, take back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from app.accounts.models import Person
from app.applications.actions import handing_in
from app.applications.queries import around
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.decisions.actions.letters import write
from app.decisions.models import Decision
from app.decisions.queries import announcing, places
from app.decisions.rules.outcomes import REMINDED_BEFORE, free_places, is_late, possible_answers


def answer(decision: Decision, wanted: State, *, reason: str, by: Person, url: str, today: date, at: datetime) -> None:
    """Confirm or give up a place. Raises Conflict when that answer is no longer possible."""
    application = decision.application
    lock(application)
    lock(decision)
    if decision.published_at is None or wanted not in possible_answers(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    handing_in.apply_outcome(application, wanted, reason=reason, by=by, at=at)
    kind = "place_confirmed" if wanted is State.CONFIRMED else "place_given_up"
    write(decision, kind, url=url, at=at)


def remind(*, today: date, url_of: Callable[[Decision], str], at: datetime) -> int:
    """Remind selected applicants who did not answer; return how many."""
    lock(*(one.application for one in announcing.to_remind(today, today + REMINDED_BEFORE)))
    waiting = announcing.to_remind(today, today + REMINDED_BEFORE)
    for decision in waiting:
        decision.reminded_at = at
        # An extended day is a new event, with its own reminder.
        write(decision, "place_reminder", once=f"{decision.answer_by}", url=url_of(decision), at=at)
    return len(waiting)


def promote(decision: Decision, *, answer_by: date, by: Person, url: str, at: datetime) -> None:
    """Offer a free place to the first on the reserve list. Always started by a person.

    Raises Conflict when it is another applicant's turn, or no place is free.
    """
    application = decision.application
    call, rehearsal = application.call, application.is_rehearsal
    lock(application)
    lock(call)  # serialises promotions
    lock(decision)
    turn = places.first_on_the_list(call.id, rehearsal=rehearsal) == decision.id
    if not turn or not (rehearsal or free_places(call.places, places.taken(call.id))):
        raise Conflict(application.state)
    handing_in.apply_outcome(application, State.ACCEPTED, reason=decision.reason, until=answer_by, by=by, at=at)
    decision.promoted_at, decision.answer_by, decision.reminded_at = at, answer_by, None
    audit_trail.record("decision.promoted", by=by.ref, about=application.ref, at=at, rank=decision.rank)
    write(decision, "decision_promoted", once=at.isoformat(), url=url, at=at)


def close_reserve(
    left: Sequence[Decision], *, batch: str, by: Person, url_of: Callable[[Decision], str], at: datetime
) -> int:
    """Tell the remaining applicants on the reserve list that no place will become free; return how many.

    Raises Conflict when one of them is no longer on the list.
    """
    lock(*(one.application for one in left))
    lock(*left)
    if any(one.application.state != State.RESERVE for one in left):
        raise Conflict("meanwhile")
    members = around.members_of_each([one.application_id for one in left])
    for decision in left:
        ended = handing_in.apply_outcome(decision.application, State.DECLINED, reason=decision.reason, by=by, at=at)
        write(
            decision,
            "reserve_closed",
            once=at.isoformat(),
            batch=batch,
            url=url_of(decision),
            members=members.get(decision.application_id, []),
            at=at,
            ended=ended,
        )
    return len(left)


def extend(decision: Decision, answer_by: date, *, by: Person, url: str, at: datetime) -> None:
    """Extend the day to confirm a place. Raises Conflict when there is nothing to confirm."""
    lock(decision.application)
    lock(decision)
    if decision.published_at is None or decision.application.state != State.ACCEPTED:
        raise Conflict(decision.application.state)
    decision.answer_by, decision.reminded_at = answer_by, None
    db.session.flush()
    audit_trail.record("place.extended", by=by.ref, about=decision.application.ref, at=at, until=answer_by.isoformat())
    write(decision, "place_extended", once=at.isoformat(), url=url, at=at)


def take_back(decision: Decision, words: str, *, by: Person, url: str, today: date, at: datetime) -> None:
    """Take back the place of an applicant who did not answer in time. `words`: the message to the applicant.

    Raises Conflict while they may still answer, and when they did.
    """
    application = decision.application
    lock(application)
    lock(decision)
    if not is_late(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    handing_in.apply_outcome(application, State.DECLINED_BY_TEAM, reason=words, by=by, at=at)
    write(decision, "place_taken_back", url=url, at=at, words=words)
