"""How a criterion is scored: scale, and when a score needs a reason."""

import enum
from collections.abc import Collection, Iterable

LOWEST, HIGHEST = 1, 5
BEGINNINGS = (0, 1)
FEWEST_SCORES, LAST_SCORE = 2, 10
SCORES = range(BEGINNINGS[0], LAST_SCORE + 1)


class Changed(enum.StrEnum):
    """What changed in a public call; shown on its page and mailed to its reviewers."""

    CRITERIA = "criteria"
    FORM = "form"


class ReasonNeeded(enum.StrEnum):
    """When a reviewer gives a reason."""

    NEVER = "never"
    UNDER = "under"
    ALWAYS = "always"


def scale(lowest: int, highest: int) -> range:
    """The possible scores."""
    return range(lowest, highest + 1)


def is_scale(lowest: int, highest: int) -> bool:
    """True for a usable scale."""
    return lowest in BEGINNINGS and lowest + FEWEST_SCORES - 1 <= highest <= LAST_SCORE


def reason_under(needed: ReasonNeeded, below: int, highest: int) -> int:
    """The threshold: a score below it needs a reason; 0: none does."""
    return {ReasonNeeded.NEVER: 0, ReasonNeeded.UNDER: below, ReasonNeeded.ALWAYS: highest + 1}[needed]


def reason_needed(under: int, highest: int) -> ReasonNeeded:
    """The choice for that threshold."""
    if under > highest:
        return ReasonNeeded.ALWAYS
    return ReasonNeeded.UNDER if under > 0 else ReasonNeeded.NEVER


def new_codes(taken: Collection[str], count: int) -> list[str]:
    """Codes for criteria without one: the first unused of C1, C2, C3..."""
    used = {code.casefold() for code in taken}
    free = (f"C{number}" for number in range(1, len(used) + count + 1))
    return [code for code in free if code.casefold() not in used][:count]


def repeated(codes: Iterable[str]) -> set[str]:
    """Codes that occur more than once, ignoring case."""
    seen: set[str] = set()
    twice = set()
    for code in codes:
        if code.casefold() in seen:
            twice.add(code.casefold())
        seen.add(code.casefold())
    return twice
