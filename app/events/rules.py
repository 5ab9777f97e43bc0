"""Languages, places and reminders of events."""

import enum
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import LOCALES

BOTH = "both"
SPOKEN = {
    "nl": _l("in Dutch"),
    "fr": _l("in French"),
    BOTH: _l("in Dutch and French"),
}
REMINDED_BEFORE = timedelta(hours=24)


class RegistrationStatus(enum.StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


REGISTRATION_STATUSES = {
    RegistrationStatus.CONFIRMED: _l("Has a place"),
    RegistrationStatus.WAITING: _l("On the waiting list"),
    RegistrationStatus.CANCELLED: _l("Cancelled"),
}


def tongues(language: str) -> tuple[str, ...]:
    """The languages spoken there."""
    return LOCALES if language == BOTH else (language,)


def takes_registrations(starts_at: datetime, at: datetime) -> bool:
    """True until the event starts."""
    return at < starts_at


def needs_reminder(starts_at: datetime, confirmed_at: datetime) -> bool:
    """False for registrations of the last day: their letter is recent."""
    return starts_at - confirmed_at > REMINDED_BEFORE


def free_places(places: int, taken: Mapping[str, int]) -> int:
    """Free places; none while people are waiting."""
    return 0 if taken.get(RegistrationStatus.WAITING) else max(0, places - taken.get(RegistrationStatus.CONFIRMED, 0))
