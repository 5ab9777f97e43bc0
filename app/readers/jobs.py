"""What happens around the last day of reading by itself."""

from app.core import clock
from app.core.db import unit_of_work
from app.readers import actions


def remind() -> int:
    """Write to whoever still has files to read, some days before the last day."""
    with unit_of_work():
        return actions.remind_before_the_day(at=clock.now())
