"""What happens to files by itself."""

from app.applications.actions import keeping, removing
from app.core import clock
from app.core.jobs import in_one_transaction


def delete_removed_files() -> int:
    """Delete the files that people took out of their answers and never handed in."""
    return in_one_transaction(lambda: removing.delete_removed_files(at=clock.now()))


def thin_revisions() -> int:
    """Keep of the earlier texts of each section what somebody may want to go back to."""
    return in_one_transaction(lambda: keeping.thin_revisions(at=clock.now()))
