"""Background jobs of the agenda."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.events import actions


def remind() -> int:
    """Remind people of events tomorrow."""
    return in_one_transaction(lambda: actions.remind(at=clock.now()))


def fill_free_places() -> int:
    """Move people up where an editor raised the capacity."""
    return in_one_transaction(lambda: actions.fill_free_places(at=clock.now()))
