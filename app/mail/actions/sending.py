"""Claim letters for sending and record the result, on the caller's connection without the session.

Runs ten thousand times in a night, so statements are built once and return no entities.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from app.mail.models import OutgoingMail
from app.mail.rules.states import LEASE, SERVER_AWAY, MailState, pause_after

LETTER: Any = OutgoingMail.__table__
ROW = LETTER.c
DUE = (
    select(ROW.id)
    .where(ROW.state.in_([MailState.QUEUED, MailState.SENDING]), ROW.due_at <= bindparam("now"))
    .order_by(ROW.due_at, ROW.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")  # materialised: PostgreSQL may repeat a plain subquery and claim more than `most`
)
CLAIM = (
    update(LETTER)
    .where(ROW.id.in_(select(DUE.c.id)))
    .values(state=MailState.SENDING, tries=ROW.tries + 1, due_at=bindparam("until"))
    .returning(
        *(ROW.id, ROW.key, ROW.to_name, ROW.to_email, ROW.language, ROW.subject, ROW.text, ROW.html, ROW.sealed),
        *(ROW.created_at, ROW.due_at, ROW.tries, ROW.unsubscribe),
    )
)
SENT = (
    update(LETTER)
    .where(ROW.id == bindparam("letter"))
    .values(state=MailState.SENT, sent_at=bindparam("now"), error="", sealed="")
)
# Only under our lease: after it ended, another worker may have sent the letter.
NOT_SENT = (
    update(LETTER)
    .where(ROW.id == bindparam("letter"), ROW.state == MailState.SENDING)
    .values(state=bindparam("to"), error=bindparam("why"), due_at=bindparam("then"))
)


def claim(connection: Connection, *, at: datetime, most: int = 1) -> list[Row[Any]]:
    """Claim the next due letters under a lease, so that a dead worker's letters become due again.

    One UPDATE, so that each letter goes to one worker.
    """
    taken = connection.execute(CLAIM, {"now": at, "most": most, "until": at + LEASE})
    return sorted(taken, key=lambda letter: letter.id)


def sent(connection: Connection, letter_id: int, *, at: datetime) -> None:
    """The mail server accepted it: it was sent, whatever happened meanwhile."""
    connection.execute(SENT, {"letter": letter_id, "now": at})


def not_sent(connection: Connection, letter_id: int, tries: int, *, error: str, at: datetime) -> None:
    """Not accepted: retry later, or mark as failed after the last try."""
    pause = pause_after(tries)
    to, then = (MailState.QUEUED, at + pause) if pause else (MailState.FAILED, at)
    connection.execute(NOT_SENT, {"letter": letter_id, "to": to, "why": error[:500], "then": then})


def refused(connection: Connection, letter_id: int, *, error: str, at: datetime) -> None:
    """Refused for good: mark as failed at once."""
    given = {"letter": letter_id, "to": MailState.FAILED, "why": error[:500], "then": at}
    connection.execute(NOT_SENT, given)


def release_claims(connection: Connection, letter_ids: list[int], *, at: datetime) -> None:
    """Return untried letters: due again, without counting a try."""
    taken = update(LETTER).where(ROW.id.in_(letter_ids), ROW.state == MailState.SENDING)
    connection.execute(taken.values(state=MailState.QUEUED, tries=ROW.tries - 1, due_at=at))


def wait_for_server(connection: Connection, *, at: datetime) -> None:
    """The server is unreachable: postpone every due letter a little, so that workers do not try each."""
    due = update(LETTER).where(ROW.state == MailState.QUEUED, ROW.due_at <= at)
    connection.execute(due.values(due_at=at + SERVER_AWAY))
