"""Background jobs around a deadline."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.intake.actions import deadlines


def remind() -> int:
    """Remind applicants with unsent text shortly before the deadline."""
    return in_one_transaction(lambda: deadlines.remind(at=clock.now()))


def return_unsent() -> int:
    """Mail every applicant the text that was not submitted."""
    return in_one_transaction(lambda: deadlines.return_unsent(at=clock.now()))
