"""Outcomes, what a decision needs, and which answers are possible when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.applications.rules.states import State
from app.core.belgium.holidays import is_working_day, working_day_from

OUTCOMES = (State.ACCEPTED, State.RESERVE, State.DECLINED)
HOLDS_A_PLACE = (State.ACCEPTED, State.CONFIRMED)
SHORTEST_REASON = 20
TIME_TO_ANSWER = timedelta(days=14)
REMINDED_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class Agreed:
    """What the agreed minutes of a meeting (`key`) say about one application."""

    outcome: str
    rank: int | None
    key: str

    def differs(self, outcome: str, rank: int | None) -> bool:
        """True for another decision. A rank counts only on the reserve list."""
        return outcome != self.outcome or (needs_rank(outcome) and rank != self.rank)


def is_reused(outcome_before: str, reason_before: str, outcome: str, reason: str) -> bool:
    """True when the reasons of one outcome would be used for another."""
    return bool(reason_before) and outcome_before != outcome and reason_before.strip() == reason.strip()


def is_taking(until: datetime | None, at: datetime) -> bool:
    """True while applications can be submitted. A rolling call (no end) announces decisions one by one."""
    return until is not None and at < until


def needs_rank(outcome: str) -> bool:
    """True for the reserve list, which has an order."""
    return outcome == State.RESERVE


def gaps(outcome: str, reason: str, rank: int | None) -> list[str]:
    """What is missing before this decision may be announced: `reason`, `rank`."""
    found = []
    if len(reason.strip()) < SHORTEST_REASON:
        found.append("reason")
    if needs_rank(outcome) and not rank:
        found.append("rank")
    return found


def possible_answers(state: str, answer_by: date | None, today: date) -> list[State]:
    """The possible answers: confirm until the last day, give up as long as the place is theirs."""
    if state == State.ACCEPTED:
        in_time = answer_by is None or today <= answer_by
        return [State.CONFIRMED, State.DECLINED_BY_TEAM] if in_time else [State.DECLINED_BY_TEAM]
    return [State.DECLINED_BY_TEAM] if state in (State.CONFIRMED, State.RESERVE) else []


def last_day_to_answer(today: date, planned: date | None = None) -> date:
    """The proposed day to confirm a place: that of the plan while it is to come, else two weeks on.

    Always a working day, so that the team can be reached.
    """
    if planned is not None and planned > today:
        return working_day_from(planned)
    return working_day_from(today + TIME_TO_ANSWER)


def is_day_to_answer(day: date, today: date) -> bool:
    """True when this may be the last day to confirm a place."""
    return day > today and is_working_day(day)


def is_late(state: str, answer_by: date | None, today: date) -> bool:
    """True when the last day passed without an answer; only then may the team take the place back."""
    return state == State.ACCEPTED and answer_by is not None and today > answer_by


def free_places(places: int, taken: int) -> int:
    return max(0, places - taken)


def may_correct(state: str, published: bool) -> bool:
    """A published decision may be corrected until the place is confirmed or given up."""
    return published and state in OUTCOMES


def mark_of(taken_at: datetime | None, outcome: str, rank: int | None) -> str:
    """A fingerprint of the decision on a page, to detect a later change by a colleague."""
    return f"{taken_at.isoformat()}~{outcome}~{rank or ''}" if taken_at else ""


def shown_in(mark: str) -> tuple[str, str]:
    """(outcome, rank as written) that the page with this mark showed."""
    _at, _sep, rest = mark.partition("~")
    outcome, _sep, rank = rest.partition("~")
    return outcome, rank
