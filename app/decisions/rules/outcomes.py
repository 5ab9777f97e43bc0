"""Outcomes, what a decision needs, and what may be said about a place and when."""

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
    """What the agreed minutes of a meeting (`key`) say about one file."""

    outcome: str
    rank: int | None
    key: str

    def differs(self, outcome: str, rank: int | None) -> bool:
        """Is this another decision? A rank counts on the reserve list only."""
        return outcome != self.outcome or (needs_rank(outcome) and rank != self.rank)


def is_reused(outcome_before: str, reason_before: str, outcome: str, reason: str) -> bool:
    """Would the reasons of one outcome be told with another one?"""
    return bool(reason_before) and outcome_before != outcome and reason_before.strip() == reason.strip()


def is_taking(until: datetime | None, at: datetime) -> bool:
    """May somebody still hand in? A rolling call (no end) tells its decisions one by one."""
    return until is not None and at < until


def needs_rank(outcome: str) -> bool:
    """The reserve list has an order."""
    return outcome == State.RESERVE


def gaps(outcome: str, reason: str, rank: int | None) -> list[str]:
    """What is missing before this decision may be told: `reason`, `rank`."""
    found = []
    if len(reason.strip()) < SHORTEST_REASON:
        found.append("reason")
    if needs_rank(outcome) and not rank:
        found.append("rank")
    return found


def possible_answers(state: str, answer_by: date | None, today: date) -> list[State]:
    """What an applicant may say about a place: take it until the last day, give it up as long as they have one."""
    if state == State.ACCEPTED:
        in_time = answer_by is None or today <= answer_by
        return [State.CONFIRMED, State.DECLINED_BY_TEAM] if in_time else [State.DECLINED_BY_TEAM]
    return [State.DECLINED_BY_TEAM] if state in (State.CONFIRMED, State.RESERVE) else []


def last_day_to_answer(today: date) -> date:
    """The day that we propose: two weeks, and then a working day, so that somebody is there to help."""
    return working_day_from(today + TIME_TO_ANSWER)


def is_day_to_answer(day: date, today: date) -> bool:
    """May this be the last day on which a place is confirmed?"""
    return day > today and is_working_day(day)


def is_late(state: str, answer_by: date | None, today: date) -> bool:
    """Did the last day go by without an answer? Only then may the team take a place back."""
    return state == State.ACCEPTED and answer_by is not None and today > answer_by


def free_places(places: int, taken: int) -> int:
    """Places that nobody holds."""
    return max(0, places - taken)


def may_correct(state: str, published: bool) -> bool:
    """A decision that was told may be corrected until the place is confirmed or given up."""
    return published and state in OUTCOMES


def mark_of(taken_at: datetime | None, outcome: str, rank: int | None) -> str:
    """What a page carries along of the decision that it shows, to see later whether a colleague decided anew."""
    return f"{taken_at.isoformat()}~{outcome}~{rank or ''}" if taken_at else ""


def shown_in(mark: str) -> tuple[str, str]:
    """(outcome, rank as written) that stood on the page with this mark."""
    _at, _sep, rest = mark.partition("~")
    outcome, _sep, rank = rest.partition("~")
    return outcome, rank
