"""What happens around a deadline by itself."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.intake.actions import deadlines


def remind() -> int:
    """Write to those whose draft is open shortly before the deadline."""
    return in_one_transaction(lambda: deadlines.remind(at=clock.now()))


def return_unsent() -> int:
    """Mail every writer the text that was not handed in."""
    return in_one_transaction(lambda: deadlines.return_unsent(at=clock.now()))
