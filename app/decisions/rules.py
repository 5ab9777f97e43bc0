"""Outcomes, and what must be right before anybody is told."""

from app.applications.rules import State

OUTCOMES = (State.ACCEPTED, State.RESERVE, State.DECLINED)
SHORTEST_REASON = 20


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
