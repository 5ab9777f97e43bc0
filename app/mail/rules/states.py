"""The states of a letter, what may be done with it in each, and the pauses between tries."""

import enum
from datetime import timedelta

from flask_babel import lazy_gettext as _l

MOST_TRIES = 20  # with the pauses below nearly three days: a server that fails on Friday is asked on Monday
LEASE = timedelta(minutes=5)  # longer than a portion (mail.jobs) and then one letter to a server that answers at last
SERVER_AWAY = timedelta(minutes=1)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class LetterState(enum.StrEnum):
    """Where a letter is."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_NAMES = {
    LetterState.HELD: _l("Held"),
    LetterState.QUEUED: _l("Queued"),
    LetterState.SENDING: _l("Being sent"),
    LetterState.SENT: _l("Sent"),
    LetterState.FAILED: _l("Failed"),
    LetterState.CANCELLED: _l("Cancelled"),
}


# What a colleague may do with one letter: the states from which, and the state to which.
DEEDS = {
    "retry": ((LetterState.FAILED,), LetterState.QUEUED),
    "send": ((LetterState.HELD, LetterState.QUEUED), LetterState.QUEUED),
    "hold": ((LetterState.QUEUED,), LetterState.HELD),
    "cancel": ((LetterState.HELD, LetterState.QUEUED, LetterState.FAILED), LetterState.CANCELLED),
}
EDITABLE = frozenset({LetterState.HELD, LetterState.QUEUED})


def deeds_of(state: str) -> list[str]:
    """What may be done with a letter in this state, `edit` and `again` included."""
    found = [deed for deed, (from_states, _to) in DEEDS.items() if state in from_states]
    return found + ["edit"] * (state in EDITABLE) + ["again"] * (state == LetterState.SENT)


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries (1 minute, doubling, at most 6 hours); None: give up, show it."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
