"""What happens to files by itself."""

from app.applications import actions
from app.core import clock
from app.core.db import unit_of_work


def delete_removed_files() -> int:
    """Delete the files that people took out of their answers and never handed in."""
    with unit_of_work():
        return actions.delete_removed_files(at=clock.now())


def thin_revisions() -> int:
    """Keep of the earlier texts of each section what somebody may want to go back to."""
    with unit_of_work():
        return actions.thin_revisions(at=clock.now())
