"""Send due letters: claim some, send them, record each result."""

from datetime import timedelta
from typing import Any

from flask import current_app

from app.core import clock
from app.core.db.engine import relaxed_commit
from app.core.db.transactions import only_looking
from app.core.logs import log
from app.core.sealing import Unreadable
from app.mail import queries
from app.mail.actions import sealing, sending
from app.mail.jobs.messages import message_for
from app.mail.jobs.transports import Folder, Later, MailTransport, RefusedForGood, ServerGone, transport_for
from app.mail.models import OutgoingMail

AT_ONCE = 20
PORTION = timedelta(seconds=5)


def deliver() -> int:
    """Send the next due letters; return how many were tried.

    Each result is committed right after the mail server's answer, so that only a crash in between can duplicate a
    letter (docs/decisions/0021). An unreachable server costs one letter one try. A call lasts at most one portion, so
    that a worker can stop soon even with a long queue.
    """
    tried, goes_on, until = 0, True, clock.now() + PORTION
    with transport_for(current_app.config) as transport:
        while goes_on and clock.now() < until and (claimed := _claim()):
            while goes_on and claimed and clock.now() < until:
                goes_on = _send(claimed.pop(0), transport)
                tried += 1
            if claimed or not goes_on:
                _release(claimed, is_away=not goes_on)
    return tried


def _claim() -> list[Any]:
    with only_looking():
        if not queries.is_due(clock.now()):
            return []
    with relaxed_commit() as connection:
        return list(sending.claim(connection, at=clock.now(), most=AT_ONCE))


def _send(letter: Any, transport: MailTransport) -> bool:
    """Send one letter and record the result; False when the server is unreachable."""
    error, for_good, goes_on = "", False, True
    try:
        transport.send(message_for(sealing.opened(letter), current_app.config))
    except Unreadable:
        error, for_good = "KeyChanged: sealed under another SECRET_KEY", True
    except RefusedForGood as reason:
        error, for_good = str(reason), True
    except Later as reason:
        error = str(reason)
    except ServerGone as reason:
        error, goes_on = str(reason), False
    at = clock.now()
    with relaxed_commit() as connection:
        if not error:
            sending.sent(connection, letter.id, at=at)
        elif for_good:
            sending.refused(connection, letter.id, error=error, at=at)
        else:
            sending.not_sent(connection, letter.id, letter.tries, error=error, at=at)
    if error:
        log.warning("letter not sent", letter=letter.id, error=error.split(" ", 1)[0])
    return goes_on


def _release(claimed: list[Any], *, is_away: bool) -> None:
    """Return claimed letters that were not tried; a little later when the server is unreachable."""
    at = clock.now()
    with relaxed_commit() as connection:
        sending.release_claims(connection, [letter.id for letter in claimed], at=at)
        if is_away:
            sending.wait_for_server(connection, at=at)


def as_sent(letter: OutgoingMail) -> str:
    """The plain text as the recipient gets it: with its keys, from the row or, once deleted there, from the mail
    folder.
    """
    if letter.sealed:
        return str(sealing.opened(letter).text)
    folder = transport_for(current_app.config)
    if isinstance(folder, Folder) and sealing.lost_its_key(letter):
        return folder.plain_part(letter.id) or letter.text
    return letter.text
