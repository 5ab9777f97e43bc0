"""What the agenda does by itself."""

from app.core import clock
from app.core.db import unit_of_work
from app.events import actions


def remind() -> int:
    """Write to those who come tomorrow."""
    with unit_of_work():
        return actions.remind(at=clock.now())


def fill_free_places() -> int:
    """Move people up where an editor made room."""
    with unit_of_work():
        return actions.fill_free_places(at=clock.now())
