"""States, references and what may be done when."""

from app.applications.rules.merging import Difference, Merged, differences, merge, with_answers
from app.applications.rules.monitoring import are_complete, asks_statistics, released, released_total
from app.applications.rules.prefill import prefilled
from app.applications.rules.reference import is_reference, reference
from app.applications.rules.scope import asked_now, narrowed, open_questions, within
from app.applications.rules.showing import pdf_digest, shown_language, shown_municipality, shown_title
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
from app.applications.rules.team import INVITED, ROLE_NAMES, Right, Role, may
from app.applications.rules.thinning import KEPT_WHOLE, superseded
from app.applications.rules.windows import Deadline, Window, deadline_of, is_in_grace, may_edit

__all__ = [
    "EDITABLE",
    "INVITED",
    "KEPT_WHOLE",
    "LANGUAGES",
    "OPEN_STATES",
    "OUTCOMES",
    "ROLE_NAMES",
    "SENTENCES",
    "SETTLED",
    "STATE_NAMES",
    "Deadline",
    "Difference",
    "Merged",
    "Right",
    "Role",
    "State",
    "Window",
    "are_complete",
    "asked_now",
    "asks_statistics",
    "deadline_of",
    "differences",
    "is_in_grace",
    "is_reference",
    "lies_ahead",
    "may",
    "may_edit",
    "may_move",
    "merge",
    "narrowed",
    "open_questions",
    "pdf_digest",
    "possible_moves",
    "prefilled",
    "reference",
    "released",
    "released_total",
    "shown_language",
    "shown_municipality",
    "shown_title",
    "superseded",
    "with_answers",
    "within",
]
