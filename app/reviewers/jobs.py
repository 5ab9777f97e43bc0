"""Background jobs: news and reminders for reviewers."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.reviewers.actions import notifying


def notify_of_changes() -> int:
    """Mail the reviewers of calls whose criteria or form changed."""
    return in_one_transaction(lambda: notifying.notify_of_changes(at=clock.now()))


def remind() -> int:
    """Remind reviewers with unfinished reviews some days before the last day."""
    return in_one_transaction(lambda: notifying.remind_before_the_day(at=clock.now()))
