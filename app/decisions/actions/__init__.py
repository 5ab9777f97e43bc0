"""Deciding in private, telling everybody at once, and what becomes of the places."""

from app.decisions.actions.deciding import (
    Line,
    Overtaken,
    advise,
    confirm_deviation,
    leave_open,
    present_mark,
    take,
    take_many,
    write_feedback,
)
from app.decisions.actions.letters import Preview, Words, address_of, preview, words_of
from app.decisions.actions.places import answer, close_reserve, extend, promote, remind, take_back
from app.decisions.actions.telling import (
    Correction,
    confirm_correction,
    correct,
    correction_of,
    deviates,
    propose_correction,
    tell,
    withdraw_correction,
)

__all__ = [
    "Correction",
    "Line",
    "Overtaken",
    "Preview",
    "Words",
    "address_of",
    "advise",
    "answer",
    "close_reserve",
    "confirm_correction",
    "confirm_deviation",
    "correct",
    "correction_of",
    "deviates",
    "extend",
    "leave_open",
    "present_mark",
    "preview",
    "promote",
    "propose_correction",
    "remind",
    "take",
    "take_back",
    "take_many",
    "tell",
    "withdraw_correction",
    "words_of",
    "write_feedback",
]
