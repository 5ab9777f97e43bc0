"""What happens around a deadline by itself."""

from app.core import clock
from app.core.db import unit_of_work
from app.intake import actions


def remind() -> int:
    """Write to those whose draft is open shortly before the deadline."""
    with unit_of_work():
        return actions.remind(at=clock.now())


def give_back() -> int:
    """Mail every writer the text that was not handed in."""
    with unit_of_work():
        return actions.give_back(at=clock.now())
