"""What happens to files by itself."""

from app.applications import actions
from app.core import clock
from app.core.db import unit_of_work


def thin_revisions() -> int:
    """Keep of the earlier texts of each section what somebody may want to go back to."""
    with unit_of_work():
        return actions.thin_revisions(at=clock.now())
