"""What happens around a place by itself."""

from app.core import clock
from app.core.db import unit_of_work
from app.core.i18n import mailed_address
from app.decisions import actions
from app.decisions.models import Decision


def remind() -> int:
    """Write to those whose last day to confirm a place is near."""
    at = clock.now()
    with unit_of_work():
        return actions.remind(today=clock.day_of(at), url_of=place_address, at=at)


def place_address(decision: Decision) -> str:
    """Where somebody confirms a place, in the language of the file."""
    application = decision.application
    return mailed_address("decisions_applicant.place", lang=application.language, key=application.key)
