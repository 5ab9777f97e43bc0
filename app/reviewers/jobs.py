"""What happens around the last day of reading by itself."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.reviewers.actions import notifying


def notify_of_changes() -> int:
    """Write to the reviewers of a call of which the criteria or the form changed."""
    return in_one_transaction(lambda: notifying.notify_of_changes(at=clock.now()))


def remind() -> int:
    """Write to whoever still has files to read, some days before the last day."""
    return in_one_transaction(lambda: notifying.remind_before_the_day(at=clock.now()))
