"""What a ranking is made of, calls in selection, and two files beside each other."""

from app.ranking.queries.calls import CallRow, calls_in_selection
from app.ranking.queries.pairs import opinions_of, pair_of
from app.ranking.queries.sheet import Plan, call_of, files_of, measures_of, sheet_of

__all__ = [
    "CallRow",
    "Plan",
    "call_of",
    "calls_in_selection",
    "files_of",
    "measures_of",
    "opinions_of",
    "pair_of",
    "sheet_of",
]
