"""Background job: reminders to choose a slot."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.interviews.actions import inviting
from app.interviews.actions.common import choosing_address


def remind() -> int:
    """Remind invited applicants without a slot whose time to choose is nearly over."""
    return in_one_transaction(lambda: inviting.remind_all(url_of=choosing_address, at=clock.now()))
