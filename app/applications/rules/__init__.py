"""States, references and what may be done when."""

from app.applications.rules.deeds import by_words, deed_words
from app.applications.rules.prefill import prefilled
from app.applications.rules.reference import is_reference, reference
from app.applications.rules.states import (
    EDITABLE,
    LANGUAGES,
    OPEN_STATES,
    OUTCOMES,
    SENTENCES,
    SETTLED,
    STATE_NAMES,
    State,
    lies_ahead,
    may_move,
    possible_moves,
)
from app.applications.rules.windows import may_edit

__all__ = [
    "EDITABLE",
    "LANGUAGES",
    "OPEN_STATES",
    "OUTCOMES",
    "SENTENCES",
    "SETTLED",
    "STATE_NAMES",
    "State",
    "by_words",
    "deed_words",
    "is_reference",
    "lies_ahead",
    "may_edit",
    "may_move",
    "possible_moves",
    "prefilled",
    "reference",
]
