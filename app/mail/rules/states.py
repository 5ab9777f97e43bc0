"""States of a letter, possible actions, and pauses between tries."""

import enum
from datetime import timedelta

from flask_babel import lazy_gettext as _l

MOST_TRIES = 20  # with the pauses below nearly three days: a server that fails on Friday is tried on Monday
LEASE = timedelta(minutes=5)  # longer than a portion (mail.jobs) plus one letter to a slow server
SERVER_AWAY = timedelta(minutes=1)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class MailState(enum.StrEnum):
    ON_HOLD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATE_NAMES = {
    MailState.ON_HOLD: _l("Held"),
    MailState.QUEUED: _l("Queued"),
    MailState.SENDING: _l("Being sent"),
    MailState.SENT: _l("Sent"),
    MailState.FAILED: _l("Failed"),
    MailState.CANCELLED: _l("Letter cancelled"),
}


# What a colleague may do with one letter: from which states, to which state.
ACTIONS = {
    "retry": ((MailState.FAILED,), MailState.QUEUED),
    "send": ((MailState.ON_HOLD, MailState.QUEUED), MailState.QUEUED),
    "hold": ((MailState.QUEUED,), MailState.ON_HOLD),
    "cancel": ((MailState.ON_HOLD, MailState.QUEUED, MailState.FAILED), MailState.CANCELLED),
}
EDITABLE = frozenset({MailState.ON_HOLD, MailState.QUEUED})


def possible_actions(state: str) -> list[str]:
    """The possible actions in this state, including `edit` and `again`."""
    found = [action for action, (from_states, _to) in ACTIONS.items() if state in from_states]
    return found + ["edit"] * (state in EDITABLE) + ["again"] * (state == MailState.SENT)


def pause_after(tries: int) -> timedelta | None:
    """The pause after this many failed tries (1 minute, doubling, at most 6 hours); None: give up."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
