"""The attendance list as a file."""

from collections.abc import Iterable, Mapping

from app.events.models import AccessNeeds, Registration

COLUMNS = ("name", "email", "language", "state", "signed_up_at", "came", "needs", "need_words")


def lines(registrations: Iterable[Registration], needs: Mapping[int, AccessNeeds]) -> list[tuple[object, ...]]:
    """One row per registration, in list order."""
    return [
        (
            *(one.name, one.email, one.language, one.state, one.signed_up_at.isoformat(timespec="minutes"), one.came),
            *((needs[one.id].kinds, needs[one.id].words) if one.id in needs else ("", "")),
        )
        for one in registrations
    ]
