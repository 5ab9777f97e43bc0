"""Load a meeting, and a file of its agenda, for somebody who may act on it."""

from app.accounts.models import Person
from app.core.db import reading
from app.core.errors import Missing
from app.meetings import queries
from app.meetings.models import Meeting
from app.meetings.queries import Line, Table


def meeting_at(key: str) -> Meeting:
    """The meeting at this key for the team, held for whoever may write; raises Missing."""
    found = queries.meeting_by_key(key, lock=not reading())
    if found is None:
        raise Missing
    return found


def table_at(key: str) -> Table:
    """The same with everything around its table."""
    return queries.table_of(meeting_at(key))


def table_of_member(key: str, person: Person) -> Table:
    """A meeting for somebody who sits in it; for everybody else it does not exist."""
    found = table_at(key)
    if found.seat_of(person.id) is None:
        raise Missing
    return found


def line_of(table: Table, item_id: int, person: Person) -> Line:
    """A file of the agenda for somebody from whom it is not hidden; raises Missing."""
    found = table.line(item_id)
    if found is None or person.id in found.kept_away:
        raise Missing
    return found
