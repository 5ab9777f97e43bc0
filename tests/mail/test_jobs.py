"""Letters leave after the deed, each once; a stopped mail server loses none."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.db.engine import relaxed_commit
from app.mail.actions import sending, writing
from app.mail.rules.states import MailState
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.mail.sinks import Sink, listening


def write(clock: Clock, *, key: str = "a", language: str = "nl", name: str = "Zoë Lefèvre") -> None:
    writing.queue(
        "sign_in_link",
        to_name=name,
        to_email="zoe@example.be",
        language=language,
        key=key,
        about="person:1",
        at=clock(),
        url="https://coopcity.example/nl/aanmelden/abc",
    )
    db.session.commit()


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A mail server on this machine, which the application sends to."""
    found = Sink()
    with listening(found) as port:
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
        yield found


def test_one_key_gives_one_letter(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)
    write(clock)

    assert len(mailbox.letters) == 1
    assert len(mailbox.deliver()) == 1
    assert len(mailbox.deliver()) == 1


def test_a_letter_is_worded_in_its_language(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock, key="a", language="nl")
    write(clock, key="b", language="fr")

    dutch, french = mailbox.letters

    assert dutch.subject != french.subject
    assert "Zoë Lefèvre" in dutch.text
    assert "Zoë Lefèvre" in french.html
    assert 'lang="fr' in french.html


def test_a_mail_has_both_parts_and_no_long_line(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)

    (message,) = mailbox.deliver()

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"].addresses[0].display_name == "Zoë Lefèvre"
    assert max(len(line) for line in message.as_bytes().splitlines()) <= 998


def test_a_hostile_name_makes_no_header(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock, name="Zoë\r\nBcc: all@example.be <script>")

    (message,) = mailbox.deliver()

    assert message["Bcc"] is None
    assert "<script>" not in mailbox.letters[0].html


def test_letters_go_to_the_mail_server(sink: Sink, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)

    mailbox.deliver()

    assert [message["To"].addresses[0].addr_spec for message in sink.messages] == ["zoe@example.be"]
    assert mailbox.letters[0].state == MailState.SENT


def test_a_refusing_server_is_asked_again_later(sink: Sink, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)
    sink.data = "451 come back later"

    mailbox.deliver()
    waiting = mailbox.letters[0]
    assert (waiting.state, waiting.tries) == (MailState.QUEUED, 1)
    assert "451" in waiting.error
    sink.data = "250 OK"
    mailbox.deliver()
    assert sink.messages == []
    clock.forward(minutes=1)
    mailbox.deliver()

    assert len(sink.messages) == 1
    assert mailbox.letters[0].state == MailState.SENT


def test_a_dead_workers_letter_comes_back(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)
    with relaxed_commit() as connection:
        claimed = sending.claim(connection, at=clock())
    db.session.commit()
    assert len(claimed) == 1

    assert mailbox.deliver() == []
    clock.forward(minutes=5)

    assert len(mailbox.deliver()) == 1
