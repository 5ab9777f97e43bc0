"""What happens around a place by itself."""

from app.applications.rules import State
from app.core import clock
from app.core.jobs import in_one_transaction
from app.decisions import actions
from app.decisions.models import Decision


def remind() -> int:
    """Write to those whose last day to confirm a place is near."""
    at = clock.now()
    return in_one_transaction(lambda: actions.remind(today=clock.day_of(at), url_of=_place, at=at))


def _place(decision: Decision) -> str:
    return actions.address_of(decision, State.ACCEPTED)
