"""Letters that are written together wait together, and leave together."""

from flask import Flask

from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.actions import batches, writing
from app.mail.rules.states import MailState
from tests.conftest import Clock
from tests.letters import Mailbox

BATCH = "decisions:seeds-2027:2027-02-01T10:00:00+00:00"


def write(clock: Clock, *, key: str, batch: str = BATCH, on_hold: bool = True) -> None:
    writing.queue(
        "sign_in_link",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key=key,
        about="person:1",
        at=clock(),
        batch=batch,
        on_hold=on_hold,
        url="https://coopcity.example/nl/aanmelden/abc",
    )
    db.session.commit()


def test_a_held_batch_leaves_at_once_and_only_once(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    for key in ("a", "b"):
        write(clock, key=key)
    write(clock, key="c", batch="another")
    assert mailbox.deliver() == []

    first = batches.release(BATCH, by="person:1", at=clock())
    second = batches.release(BATCH, by="person:1", at=clock())
    db.session.commit()

    assert (first, second) == (2, 0)
    assert len(mailbox.deliver()) == 2
    assert [entry.detail for entry in audit_trail.history(f"batch:{BATCH}")] == [{"letters": 2}]


def test_a_batch_without_a_name_is_no_batch(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock, key="a", batch="")

    assert batches.release("", by="person:1", at=clock()) == 0
    assert [letter.state for letter in mailbox.letters] == [MailState.ON_HOLD]


def test_a_dropped_batch_never_leaves(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock, key="a")

    assert batches.drop(BATCH, by="person:1", at=clock()) == 1
    assert batches.release(BATCH, by="person:1", at=clock()) == 0
    db.session.commit()

    assert mailbox.deliver() == []
    assert [letter.state for letter in mailbox.letters] == [MailState.CANCELLED]
