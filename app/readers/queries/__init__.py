"""Who reads for a call, what they have to read, and the balanced plan."""

from app.readers.queries.load import (
    MOST_SHORT,
    PAGE_SIZE,
    Load,
    begun_by,
    files_at,
    files_of,
    files_page,
    hidden_from_their_reader,
    in_force,
    left_to_hand_back,
    loads,
    of_reader,
    readings_of,
    short_files,
    to_remind,
    untold,
)
from app.readers.queries.people import calls_with_readers, is_decided, plan_of, reader_of, readers_of, untold_changes
from app.readers.queries.spreading import Spreading, new_signs, spreading, strangers
from app.readers.queries.titles import known_titles, titles_and_veils

__all__ = [
    "MOST_SHORT",
    "PAGE_SIZE",
    "Load",
    "Spreading",
    "begun_by",
    "calls_with_readers",
    "files_at",
    "files_of",
    "files_page",
    "hidden_from_their_reader",
    "in_force",
    "is_decided",
    "known_titles",
    "left_to_hand_back",
    "loads",
    "new_signs",
    "of_reader",
    "plan_of",
    "reader_of",
    "readers_of",
    "readings_of",
    "short_files",
    "spreading",
    "strangers",
    "titles_and_veils",
    "to_remind",
    "untold",
    "untold_changes",
]
