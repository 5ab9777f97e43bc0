"""What the agenda does by itself."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.events import actions


def remind() -> int:
    """Write to those who come tomorrow."""
    return in_one_transaction(lambda: actions.remind(at=clock.now()))


def fill_free_places() -> int:
    """Move people up where an editor made room."""
    return in_one_transaction(lambda: actions.fill_free_places(at=clock.now()))
