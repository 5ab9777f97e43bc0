"""Outcomes, what must be right before anybody is told, and what somebody who was told may answer."""

from datetime import date, timedelta

from app.applications.rules import State

OUTCOMES = (State.ACCEPTED, State.RESERVE, State.DECLINED)
SHORTEST_REASON = 20
TIME_TO_ANSWER = timedelta(days=14)
REMINDED_BEFORE = timedelta(days=3)


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
