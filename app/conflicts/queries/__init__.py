"""What is hidden from whom, and why."""

from app.conflicts.queries.facts import FileInSelection, files_in_selection, files_where, in_selection
from app.conflicts.queries.hidden import is_hidden, kept_away_from, kept_from, open_to
from app.conflicts.queries.standing import (
    board,
    conflict_between,
    conflicts_of,
    file_of_call,
    invitations_to_judge,
    known_pairs,
    whoever_may_be_too_close,
)

__all__ = [
    "FileInSelection",
    "board",
    "conflict_between",
    "conflicts_of",
    "file_of_call",
    "files_in_selection",
    "files_where",
    "in_selection",
    "invitations_to_judge",
    "is_hidden",
    "kept_away_from",
    "kept_from",
    "known_pairs",
    "open_to",
    "whoever_may_be_too_close",
]
