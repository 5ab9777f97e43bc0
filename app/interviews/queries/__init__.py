"""Who is invited, when it can be, and at whose table: what is hidden from somebody is left out here."""

from app.interviews.queries.common import is_free
from app.interviews.queries.files import (
    ahead,
    appointment_of,
    candidates,
    interview_of,
    plan_of,
    planned_for,
    slot_of,
    to_remind,
)
from app.interviews.queries.slots import (
    Place,
    free_for,
    guest_of,
    interviewers_of,
    misfits,
    slot_by_key,
    slots_of,
    without_slot,
)
from app.interviews.queries.tables import (
    busy,
    called_off,
    called_off_for,
    people,
    possible_interviewers,
    sits_at,
)

__all__ = [
    "Place",
    "ahead",
    "appointment_of",
    "busy",
    "called_off",
    "called_off_for",
    "candidates",
    "free_for",
    "guest_of",
    "interview_of",
    "interviewers_of",
    "is_free",
    "misfits",
    "people",
    "plan_of",
    "planned_for",
    "possible_interviewers",
    "sits_at",
    "slot_by_key",
    "slot_of",
    "slots_of",
    "to_remind",
    "without_slot",
]
