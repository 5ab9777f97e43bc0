"""Taking letters out for sending, and what became of each."""

from datetime import datetime

from sqlalchemy import select, update

from app.core.db import db
from app.mail.models import Letter
from app.mail.rules import LEASE, SERVER_AWAY, LetterState, pause_after


def claim(*, at: datetime, most: int = 1) -> list[Letter]:
    """Take the next due letters for sending, with a lease: a dead worker's letters come back.

    The UPDATE is one statement, so that of many workers one gets each letter.
    """
    due = (
        select(Letter.id)
        .where(Letter.state.in_([LetterState.QUEUED, LetterState.SENDING]), Letter.due_at <= at)
        .order_by(Letter.due_at, Letter.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")  # worked out once: as a plain subquery PostgreSQL may ask it again and take more than `most`
    )
    claimed = db.session.scalars(
        update(Letter)
        .where(Letter.id.in_(select(due.c.id)))
        .values(state=LetterState.SENDING, tries=Letter.tries + 1, due_at=at + LEASE)
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return sorted(claimed, key=lambda letter: letter.id)


def sent(letter_id: int, *, at: datetime) -> None:
    """The mail server took it: whatever happened meanwhile, it has left."""
    _set(letter_id, state=LetterState.SENT, sent_at=at, error="")


def not_sent(letter_id: int, tries: int, *, error: str, at: datetime) -> None:
    """The mail server did not take it: try again later, or show it as failed."""
    pause = pause_after(tries)
    state = LetterState.QUEUED if pause else LetterState.FAILED
    _set(letter_id, only_if_taken=True, state=state, error=error[:500], due_at=at + pause if pause else at)


def refused(letter_id: int, *, error: str, at: datetime) -> None:
    """The mail server refuses it for good: show it at once, nothing is gained by asking again."""
    _set(letter_id, only_if_taken=True, state=LetterState.FAILED, error=error[:500], due_at=at)


def give_back(letter_ids: list[int], *, at: datetime) -> None:
    """Put taken letters back untried: their turn comes again, and this was no try."""
    taken = update(Letter).where(Letter.id.in_(letter_ids), Letter.state == LetterState.SENDING)
    db.session.execute(
        taken.values(state=LetterState.QUEUED, tries=Letter.tries - 1, due_at=at).execution_options(
            synchronize_session=False
        )
    )


def wait_for_server(*, at: datetime) -> None:
    """The mail server is away: let every due letter wait a little, so that no worker asks for each of them."""
    due = update(Letter).where(Letter.state == LetterState.QUEUED, Letter.due_at <= at)
    db.session.execute(due.values(due_at=at + SERVER_AWAY).execution_options(synchronize_session=False))


def _set(letter_id: int, *, only_if_taken: bool = False, **values: object) -> None:
    changed = update(Letter).where(Letter.id == letter_id)
    if only_if_taken:  # another worker, which got it when our lease ended, may have sent it
        changed = changed.where(Letter.state == LetterState.SENDING)
    db.session.execute(changed.values(**values).execution_options(synchronize_session=False))
