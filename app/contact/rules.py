"""Limits of messages and of their copies, and the parts of the contact page."""

import hashlib
import re
from datetime import date, datetime, timedelta

LONGEST_MESSAGE = 5000
COPY_LASTS = timedelta(days=7)
MOST_OFFERS = 3  # mails with a link to a copy, per address and day: a stranger cannot fill somebody's mailbox
OFFERS_WITHIN = timedelta(days=1)
NUMBER = re.compile(r"\+?[\d ()./\u00a0-]{6,}")


def key_of(name: str, email: str, text: str, day: date) -> str:
    """The key of a message: the same words of the same person on one day are one message, however often sent."""
    said = "\0".join((name, email, " ".join(text.split()), day.isoformat()))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def may_copy(received_at: datetime, at: datetime) -> bool:
    """True while the mailed link gives a copy."""
    return at < received_at + COPY_LASTS


def phone_address(text: str) -> str:
    """The number of a text that is a phone number, for a `tel:` link; empty for any other text."""
    said = text.strip()
    if not NUMBER.fullmatch(said):
        return ""
    digits = re.sub(r"\D", "", said.replace("(0)", ""))
    return f"+{digits}" if said.startswith("+") else digits
