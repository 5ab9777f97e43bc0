"""When somebody is too close to a file: where a conflict stands, and what points to one."""

from app.conflicts.rules.signs import NOBODYS, Facts, Stranger, numbers_in, same_domain, same_person, sign_of, signs_for
from app.conflicts.rules.standing import (
    HIDING,
    IN_SELECTION,
    REASONS,
    SIGN_NAMES,
    STANDING_NAMES,
    Sign,
    Standing,
    is_settled,
)

__all__ = [
    "HIDING",
    "IN_SELECTION",
    "NOBODYS",
    "REASONS",
    "SIGN_NAMES",
    "STANDING_NAMES",
    "Facts",
    "Sign",
    "Standing",
    "Stranger",
    "is_settled",
    "numbers_in",
    "same_domain",
    "same_person",
    "sign_of",
    "signs_for",
]
