"""Outcomes and answers, what must be right before anybody is told, and what a text gives away."""

from app.decisions.rules.checks import At, Draft, Spot, Surroundings, blocks, spots
from app.decisions.rules.outcomes import (
    HOLDS_A_PLACE,
    OUTCOMES,
    REMINDED_BEFORE,
    SHORTEST_REASON,
    TIME_TO_ANSWER,
    free_places,
    gaps,
    is_day_to_answer,
    is_late,
    last_day_to_answer,
    mark_of,
    may_correct,
    needs_rank,
    possible_answers,
    shown_in,
)
from app.decisions.rules.words import is_in_another_language, named, seems

__all__ = [
    "HOLDS_A_PLACE",
    "OUTCOMES",
    "REMINDED_BEFORE",
    "SHORTEST_REASON",
    "TIME_TO_ANSWER",
    "At",
    "Draft",
    "Spot",
    "Surroundings",
    "blocks",
    "free_places",
    "gaps",
    "is_day_to_answer",
    "is_in_another_language",
    "is_late",
    "last_day_to_answer",
    "mark_of",
    "may_correct",
    "named",
    "needs_rank",
    "possible_answers",
    "seems",
    "shown_in",
    "spots",
]
