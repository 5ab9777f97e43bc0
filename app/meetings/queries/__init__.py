"""Every question about jury meetings that the database answers."""

from app.meetings.queries.scores import (
    Judged,
    Sheet,
    beside,
    criteria_of,
    figures,
    reserve_ranks,
    sheet,
    taken_down,
    values,
)
from app.meetings.queries.table import (
    Line,
    Table,
    addable,
    content,
    ids_before_the_jury,
    items_of,
    meeting_by_key,
    meetings_of,
    meetings_with,
    possible_members,
    table_of,
)

__all__ = [
    "Judged",
    "Line",
    "Sheet",
    "Table",
    "addable",
    "beside",
    "content",
    "criteria_of",
    "figures",
    "ids_before_the_jury",
    "items_of",
    "meeting_by_key",
    "meetings_of",
    "meetings_with",
    "possible_members",
    "reserve_ranks",
    "sheet",
    "table_of",
    "taken_down",
    "values",
]
