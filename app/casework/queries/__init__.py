"""Applications as the team lists, counts and reads them."""

from app.casework.queries.list import (
    Choices,
    Filter,
    choices,
    chosen,
    everything,
    how_many_by_state,
    list_page,
    next_to_check,
    tags_of,
    those,
)
from app.casework.queries.readings import Reading, Readings, readings_of
from app.casework.queries.talk import Around, around, history, talk_of, waiting_messages, was_sent_back

__all__ = [
    "Around",
    "Choices",
    "Filter",
    "Reading",
    "Readings",
    "around",
    "choices",
    "chosen",
    "everything",
    "history",
    "how_many_by_state",
    "list_page",
    "next_to_check",
    "readings_of",
    "tags_of",
    "talk_of",
    "those",
    "waiting_messages",
    "was_sent_back",
]
