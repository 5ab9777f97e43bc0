"""Background jobs: delete removed files, thin out revisions."""

from app.applications.actions import keeping, removing
from app.core import clock
from app.core.jobs import in_one_transaction


def delete_removed_files() -> int:
    """Delete attachments that were removed and never submitted."""
    return in_one_transaction(lambda: removing.delete_removed_files(at=clock.now()))


def delete_dropped_files() -> int:
    """Delete stored files that no row uses any more."""
    return in_one_transaction(removing.delete_dropped_files)


def thin_revisions() -> int:
    """Delete old revisions of each section that nobody needs to go back to."""
    return in_one_transaction(lambda: keeping.thin_revisions(at=clock.now()))
