"""Explain mail errors to the team: what happened and what to do."""

import re

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

CODE = re.compile(r"\b([45])\d\d\b")
# First match wins: a part of the stored error, and its meaning.
MEANINGS: tuple[tuple[re.Pattern[str], LazyString], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meaning)
    for pattern, meaning in (
        (r"KeyChanged", _l("The key of this installation changed after the letter was written: ask for a new link.")),
        (r"WrongAddress", _l("No mail can be sent to this address: it holds a mistake.")),
        (
            r"Insecure|certificate|SSL",
            _l("The mail server offers no safe connection: ask the administrator."),
        ),
        (r"\b53[0458]\b|Authentication", _l("The mail server does not know us: ask the administrator.")),
        (r"\b(452|552|5\.2\.2|4\.2\.2)\b", _l("The mailbox of the reader is full.")),
        (r"\b(550|551|553|5\.1\.\d)\b", _l("The address does not exist, or takes no mail from us.")),
        (r"\b554\b", _l("The mail server of the reader refuses this letter.")),
        (r"tim(ed )?out", _l("The mail server did not answer in time.")),
        (
            r"refused|gaierror|unreachable|getaddrinfo|Disconnected|reset|broken pipe",
            _l("The mail server could not be reached."),
        ),
        (r"\b4\d\d\b", _l("The mail server asks us to come back later.")),
    )
)


def in_words(error: str) -> LazyString:
    """The meaning of an error."""
    return next((meaning for pattern, meaning in MEANINGS if pattern.search(error)), _l("The letter did not leave."))
