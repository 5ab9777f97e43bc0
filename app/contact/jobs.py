"""What the inbox does by itself."""

from app.contact import actions
from app.core import clock
from app.core.db import unit_of_work


def forget() -> int:
    """Delete what was handled long ago."""
    with unit_of_work():
        return actions.forget(at=clock.now())
