"""Background job: reminders about places."""

from app.applications.rules.states import State
from app.core import clock
from app.core.jobs import in_one_transaction
from app.decisions.actions import letters, places
from app.decisions.models import Decision


def remind() -> int:
    """Remind applicants whose last day to confirm a place is near."""
    at = clock.now()
    return in_one_transaction(lambda: places.remind(today=clock.day_of(at), url_of=_place, at=at))


def _place(decision: Decision) -> str:
    return letters.address_of(decision, State.ACCEPTED)
