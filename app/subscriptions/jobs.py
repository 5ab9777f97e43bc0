"""Background jobs of the subscriptions."""

from app.core import clock
from app.core.jobs import in_one_transaction
from app.subscriptions import actions


def send_notices() -> int:
    """Tell subscribers that a call opened, or closes in a week."""
    return in_one_transaction(lambda: actions.send_notices(at=clock.now()))


def ask_to_renew() -> int:
    """Ask whether to go on, a month before a subscription ends."""
    return in_one_transaction(lambda: actions.ask_to_renew(at=clock.now()))
