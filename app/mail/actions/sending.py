"""Taking letters out for sending, and what became of each; on a connection of the caller, without the session.

These are written ten thousand times in a night: the statements are made once, and what they change is no entity.
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
    .cte("due")  # worked out once: as a plain subquery PostgreSQL may ask it again and take more than `most`
)
CLAIM = (
    update(LETTER)
    .where(ROW.id.in_(select(DUE.c.id)))
    .values(state=MailState.SENDING, tries=ROW.tries + 1, due_at=bindparam("until"))
    .returning(
        *(ROW.id, ROW.key, ROW.to_name, ROW.to_email, ROW.language, ROW.subject, ROW.text, ROW.html, ROW.sealed),
        *(ROW.created_at, ROW.due_at, ROW.tries),
    )
)
SENT = (
    update(LETTER)
    .where(ROW.id == bindparam("letter"))
    .values(state=MailState.SENT, sent_at=bindparam("now"), error="", sealed="")
)
# Only while it is ours: another worker, which got it when our lease ended, may have sent it.
NOT_SENT = (
    update(LETTER)
    .where(ROW.id == bindparam("letter"), ROW.state == MailState.SENDING)
    .values(state=bindparam("to"), error=bindparam("why"), due_at=bindparam("then"))
)


def claim(connection: Connection, *, at: datetime, most: int = 1) -> list[Row[Any]]:
    """Take the next due letters for sending, with a lease: a dead worker's letters come back.

    The UPDATE is one statement, so that of many workers one gets each letter.
    """
    taken = connection.execute(CLAIM, {"now": at, "most": most, "until": at + LEASE})
    return sorted(taken, key=lambda letter: letter.id)


def sent(connection: Connection, letter_id: int, *, at: datetime) -> None:
    """The mail server took it: whatever happened meanwhile, it has left."""
    connection.execute(SENT, {"letter": letter_id, "now": at})


def not_sent(connection: Connection, letter_id: int, tries: int, *, error: str, at: datetime) -> None:
    """The mail server did not take it: try again later, or show it as failed."""
    pause = pause_after(tries)
    to, then = (MailState.QUEUED, at + pause) if pause else (MailState.FAILED, at)
    connection.execute(NOT_SENT, {"letter": letter_id, "to": to, "why": error[:500], "then": then})


def refused(connection: Connection, letter_id: int, *, error: str, at: datetime) -> None:
    """The mail server refuses it for good: show it at once, nothing is gained by asking again."""
    given = {"letter": letter_id, "to": MailState.FAILED, "why": error[:500], "then": at}
    connection.execute(NOT_SENT, given)


def release_claims(connection: Connection, letter_ids: list[int], *, at: datetime) -> None:
    """Put taken letters back untried: their turn comes again, and this was no try."""
    taken = update(LETTER).where(ROW.id.in_(letter_ids), ROW.state == MailState.SENDING)
    connection.execute(taken.values(state=MailState.QUEUED, tries=ROW.tries - 1, due_at=at))


def wait_for_server(connection: Connection, *, at: datetime) -> None:
    """The mail server is away: let every due letter wait a little, so that no worker asks for each of them."""
    due = update(LETTER).where(ROW.state == MailState.QUEUED, ROW.due_at <= at)
    connection.execute(due.values(due_at=at + SERVER_AWAY))
