"""What happens to a place: taken, given up, offered to the next, kept for longer, taken back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from app.accounts.models import Person
from app.applications.actions import handing_in
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.decisions.actions.letters import write
from app.decisions.models import Decision
from app.decisions.queries import announcing, places
from app.decisions.rules.outcomes import REMINDED_BEFORE, free_places, is_late, possible_answers
from app.interviews.actions import choosing


def answer(decision: Decision, wanted: State, *, reason: str, by: Person, url: str, today: date, at: datetime) -> None:
    """Take the place or give it up. Raises Conflict when this cannot be said any more."""
    application = decision.application
    lock(application)
    lock(decision)
    if decision.published_at is None or wanted not in possible_answers(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    handing_in.apply_outcome(application, wanted, reason=reason, by=by, at=at)
    kind = "place_confirmed" if wanted is State.CONFIRMED else "place_given_up"
    write(decision, kind, url=url, at=at)


def remind(*, today: date, url_of: Callable[[Decision], str], at: datetime) -> int:
    """Write to those who were selected and did not say yet whether they come; gives how many."""
    lock(*(one.application for one in announcing.to_remind(today, today + REMINDED_BEFORE)))
    waiting = announcing.to_remind(today, today + REMINDED_BEFORE)
    for decision in waiting:
        decision.reminded_at = at
        # A day that was put off is a new event, of which somebody hears anew.
        write(decision, "place_reminder", once=f"{decision.answer_by}", url=url_of(decision), at=at)
    return len(waiting)


def promote(decision: Decision, *, answer_by: date, by: Person, url: str, at: datetime) -> None:
    """Offer a free place to the first on the reserve list. A person does this, never the program.

    Raises Conflict when it is somebody else's turn, or no place is free.
    """
    application = decision.application
    call, rehearsal = application.call, application.is_rehearsal
    lock(application)
    lock(call)  # one place after the other
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
    """Tell those who are left on the reserve list that no place will fall free. Returns how many were told.

    Raises Conflict when one of them is not on the list any more.
    """
    lock(*(one.application for one in left))
    lock(*left)
    if any(one.application.state != State.RESERVE for one in left):
        raise Conflict("meanwhile")
    for decision in left:
        handing_in.apply_outcome(decision.application, State.DECLINED, reason=decision.reason, by=by, at=at)
        ended = choosing.end(decision.application, by=by, at=at)
        write(decision, "reserve_closed", once=at.isoformat(), batch=batch, url=url_of(decision), at=at, ended=ended)
    return len(left)


def extend(decision: Decision, answer_by: date, *, by: Person, url: str, at: datetime) -> None:
    """Give somebody until another day to confirm the place. Raises Conflict when nothing is to be confirmed."""
    lock(decision.application)
    lock(decision)
    if decision.published_at is None or decision.application.state != State.ACCEPTED:
        raise Conflict(decision.application.state)
    decision.answer_by, decision.reminded_at = answer_by, None
    db.session.flush()
    audit_trail.record("place.extended", by=by.ref, about=decision.application.ref, at=at, until=answer_by.isoformat())
    write(decision, "place_extended", once=at.isoformat(), url=url, at=at)


def take_back(decision: Decision, words: str, *, by: Person, url: str, today: date, at: datetime) -> None:
    """Give the place of somebody who did not answer in time to whoever comes next. `words` are for the applicant.

    Raises Conflict as long as they may still answer, and when they did.
    """
    application = decision.application
    lock(application)
    lock(decision)
    if not is_late(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    handing_in.apply_outcome(application, State.DECLINED_BY_TEAM, reason=words, by=by, at=at)
    write(decision, "place_taken_back", url=url, at=at, words=words)
