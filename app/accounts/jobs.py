"""What accounts tidy up at night."""

from app.accounts import actions
from app.core import clock
from app.core.db import unit_of_work


def forget() -> int:
    """Throw away sign-in links that nobody can use any more."""
    with unit_of_work():
        return actions.forget_old_links(at=clock.now())
