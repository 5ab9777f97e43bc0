"""Letters leave after the deed, each once; a stopped mail server loses none."""

import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.core.db import brisk, db
from app.mail import actions, jobs
from app.mail.models import Letter
from app.mail.rules import MOST_TRIES, LetterState
from tests.conftest import Clock, _free_port
from tests.letters import Mailbox


def write(clock: Clock, *, key: str = "a", language: str = "nl", name: str = "Zoë Lefèvre") -> None:
    actions.queue(
        "sign_in_link", to_name=name, to_email="zoe@example.be", language=language, key=key, about="person:1",
        at=clock(), url="https://coopcity.example/nl/aanmelden/abc",
    )  # fmt: skip
    db.session.commit()


class Sink:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 come back later"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """A mail server on this machine, which the application sends to."""
    sink, port = Sink(), _free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
    yield sink
    controller.stop()


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

    jobs.deliver()

    assert [message["To"].addresses[0].addr_spec for message in sink.messages] == ["zoe@example.be"]
    assert mailbox.letters[0].state == LetterState.SENT


def test_a_refusing_server_is_asked_again_later(sink: Sink, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)
    sink.refuses = True

    jobs.deliver()
    waiting = mailbox.letters[0]
    assert (waiting.state, waiting.tries) == (LetterState.QUEUED, 1)
    assert "451" in waiting.error
    sink.refuses = False
    jobs.deliver()
    assert sink.messages == []
    clock.forward(minutes=1)
    jobs.deliver()

    assert len(sink.messages) == 1
    assert mailbox.letters[0].state == LetterState.SENT


def test_a_server_that_is_gone_fails_visibly_in_the_end(
    app: Flask, clock: Clock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{_free_port()}")
    write(clock)

    for _try in range(MOST_TRIES):
        jobs.deliver()
        clock.forward(hours=6)

    failed = mailbox.letters[0]
    assert (failed.state, failed.tries) == (LetterState.FAILED, MOST_TRIES)


def test_a_dead_workers_letter_comes_back(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    write(clock)
    with brisk() as connection:
        claimed = actions.claim(connection, at=clock())
    db.session.commit()
    assert len(claimed) == 1

    assert mailbox.deliver() == []
    clock.forward(minutes=5)

    assert len(mailbox.deliver()) == 1


def test_many_workers_send_each_letter_once(app: Flask, clock: Clock, sink: Sink) -> None:
    for number in range(24):
        write(clock, key=str(number))

    def work() -> None:
        with app.app_context():
            jobs.deliver()
            db.session.remove()

    workers = [threading.Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    keys = [message["Message-ID"].partition(".")[0] for message in sink.messages]
    assert len(keys) == 24
    assert db.session.query(Letter).filter(Letter.state != LetterState.SENT).count() == 0
