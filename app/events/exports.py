"""The attendance list as a file."""

from collections.abc import Iterable

from app.events.models import Registration

COLUMNS = ("name", "email", "language", "state", "signed_up_at", "came")


def lines(registrations: Iterable[Registration]) -> list[tuple[object, ...]]:
    """One row per registration, in list order."""
    return [
        (one.name, one.email, one.language, one.state, one.signed_up_at.isoformat(timespec="minutes"), one.came)
        for one in registrations
    ]
