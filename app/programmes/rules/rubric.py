"""How a criterion is scored: its scale, and when a score needs a reason."""

import enum
from collections.abc import Collection, Iterable

LOWEST, HIGHEST = 1, 5
BEGINNINGS = (0, 1)
FEWEST_SCORES, LAST_SCORE = 2, 10
SCORES = range(BEGINNINGS[0], LAST_SCORE + 1)


class Changed(enum.StrEnum):
    """What of a public call was changed: what its public page and its reviewers are told about."""

    CRITERIA = "criteria"
    FORM = "form"


class ReasonNeeded(enum.StrEnum):
    """When a reader says why."""

    NEVER = "never"
    UNDER = "under"
    ALWAYS = "always"


def scale(lowest: int, highest: int) -> range:
    """The scores that can be given."""
    return range(lowest, highest + 1)


def is_scale(lowest: int, highest: int) -> bool:
    """Could somebody judge by this?"""
    return lowest in BEGINNINGS and lowest + FEWEST_SCORES - 1 <= highest <= LAST_SCORE


def reason_under(needed: ReasonNeeded, below: int, highest: int) -> int:
    """The one number behind the words: a score below it needs a reason; 0 means that none does."""
    return {ReasonNeeded.NEVER: 0, ReasonNeeded.UNDER: below, ReasonNeeded.ALWAYS: highest + 1}[needed]


def reason_needed(under: int, highest: int) -> ReasonNeeded:
    """The words for that number."""
    if under > highest:
        return ReasonNeeded.ALWAYS
    return ReasonNeeded.UNDER if under > 0 else ReasonNeeded.NEVER


def new_codes(taken: Collection[str], count: int) -> list[str]:
    """Codes for criteria that were given none: the first of C1, C2, C3... that no other criterion has."""
    used = {code.casefold() for code in taken}
    free = (f"C{number}" for number in range(1, len(used) + count + 1))
    return [code for code in free if code.casefold() not in used][:count]


def repeated(codes: Iterable[str]) -> set[str]:
    """The codes that occur more than once, whatever their capitals."""
    seen: set[str] = set()
    twice = set()
    for code in codes:
        if code.casefold() in seen:
            twice.add(code.casefold())
        seen.add(code.casefold())
    return twice
