"""Whatever the mail server does, each letter arrives once and none is lost; what cannot arrive is shown."""

import threading
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db.base import db
from app.core.db.engine import relaxed_commit
from app.mail.actions import handling, sending, writing
from app.mail.jobs import delivery, transports
from app.mail.jobs.messages import message_for
from app.mail.models import OutgoingMail
from app.mail.rules.states import LEASE, MOST_TRIES, MailState
from app.mail.rules.troubles import in_words
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.mail.sinks import Sink, free_port, listening, silent


class Killed(BaseException):
    """The worker's process ends here."""


def write(clock: Clock, *keys: str, email: str = "") -> None:
    for key in keys:
        writing.queue(
            "sign_in_link",
            to_name="Zoë",
            to_email=email or f"{key}@example.be",
            language="nl",
            key=key,
            about="person:1",
            at=clock(),
            url="https://coopcity.example/nl/aanmelden/abc",
        )
    db.session.commit()


def states() -> dict[str, str]:
    """Letter by letter; nothing is left open behind it that a worker would have to wait for."""
    db.session.rollback()
    found = {letter.key: letter.state for letter in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))}
    db.session.rollback()
    return found


def to(app: Flask, monkeypatch: pytest.MonkeyPatch, port: int, scheme: str = "smtp", who: str = "") -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", f"{scheme}://{who}127.0.0.1:{port}")


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    found = Sink()
    with listening(found) as port:
        to(app, monkeypatch, port)
        yield found


def test_many_letters_go_over_one_connection(sink: Sink, clock: Clock) -> None:
    write(clock, *(f"k{number}" for number in range(30)))

    assert delivery.deliver() == 30

    assert sink.connections == 1
    assert Counter(states().values()) == {MailState.SENT: 30}


def test_a_long_queue_goes_in_portions(sink: Sink, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a worker that is asked to stop does so soon, however slow the mail server is."""

    def slowly(letter: Any, config: Any) -> Any:
        clock.forward(seconds=2)
        return message_for(letter, config)

    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    monkeypatch.setattr(delivery, "message_for", slowly)
    write(clock, *(f"k{number}" for number in range(5)))

    assert [delivery.deliver() for _ in range(3)] == [3, 2, 0]
    assert len(sink.messages) == 5


def test_a_full_connection_is_replaced(sink: Sink, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "MAX_PER_CONNECTION", 4)
    write(clock, *(f"k{number}" for number in range(10)))

    delivery.deliver()

    assert (len(sink.messages), sink.connections) == (10, 3)


def test_a_used_connection_that_the_server_closes_is_replaced(sink: Sink, clock: Clock) -> None:
    sink.most_per_connection = 4
    write(clock, *(f"k{number}" for number in range(10)))

    assert delivery.deliver() == 10

    assert (len(sink.messages), sink.connections) == (10, 3)
    assert db.session.scalars(select(OutgoingMail.tries).distinct()).all() == [1]


def test_a_server_that_refuses_some_gets_the_others(sink: Sink, clock: Clock) -> None:
    sink.answers = {"b@example.be": "550 5.1.1 no such user", "c@example.be": "451 4.3.0 try later"}
    write(clock, "a", "b", "c", "d")

    delivery.deliver()
    assert states() == {"a": "sent", "b": "failed", "c": "queued", "d": "sent"}
    sink.answers = {}
    clock.forward(minutes=1)
    delivery.deliver()

    assert states() == {"a": "sent", "b": "failed", "c": "sent", "d": "sent"}
    assert sink.readers == ["a@example.be", "c@example.be", "d@example.be"]
    failed = db.session.scalars(select(OutgoingMail).where(OutgoingMail.key == "b")).one()
    assert (failed.tries, failed.error) == (1, "550 5.1.1 no such user")
    assert "does not exist" in in_words(failed.error)._args[0]  # type: ignore[attr-defined]  # the English sentence


def test_words_that_are_refused_for_good_fail_at_once(sink: Sink, clock: Clock) -> None:
    sink.data = "554 5.7.1 looks like spam"
    write(clock, "a", "b")

    delivery.deliver()

    assert states() == {"a": "failed", "b": "failed"}


@pytest.mark.parametrize(
    "email", ["no address", "a b@example.be", "@example.be", "a@", f"{'x' * 70}@example.be", "a@b..c"]
)
def test_an_address_with_a_mistake_fails_and_holds_up_nobody(sink: Sink, clock: Clock, email: str) -> None:
    write(clock, "a", email=email)
    write(clock, "b")

    delivery.deliver()

    assert states() == {"a": "failed", "b": "sent"}


def test_a_server_that_is_away_loses_none(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"k{number}" for number in range(25)]
    write(clock, *keys)
    to(app, monkeypatch, free_port())

    for _round in range(5):
        assert delivery.deliver() == 1  # one letter asks whether it is back; the others wait
        assert delivery.deliver() == 0
        clock.forward(minutes=1)
    sink = Sink()
    with listening(sink) as port:
        to(app, monkeypatch, port)
        clock.forward(hours=1)
        delivery.deliver()

    assert sink.readers == sorted(f"{key}@example.be" for key in keys)
    assert Counter(states().values()) == {MailState.SENT: 25}


def test_a_server_that_never_comes_back_is_shown(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    write(clock, "a")
    to(app, monkeypatch, free_port())

    for _try in range(MOST_TRIES):
        delivery.deliver()
        clock.forward(hours=6)

    assert states() == {"a": "failed"}


def test_a_silent_server_costs_one_pause(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "TIMEOUT_SECONDS", 0.1)
    write(clock, "a", "b", "c")
    with silent() as port:
        to(app, monkeypatch, port)
        assert delivery.deliver() == 1

    assert set(states().values()) == {MailState.QUEUED}
    tries = db.session.scalars(select(OutgoingMail.tries).order_by(OutgoingMail.id)).all()
    assert sorted(tries) == [0, 0, 1]


def test_letters_in_the_hands_of_a_hanging_worker_do_not_hold_up_the_others(sink: Sink, clock: Clock) -> None:
    write(clock, "a", "b", "c")
    with relaxed_commit() as connection:
        assert [letter.key for letter in sending.claim(connection, at=clock())] == ["a"]

    delivery.deliver()
    assert sink.readers == ["b@example.be", "c@example.be"]
    clock.set(clock() + LEASE)
    delivery.deliver()

    assert sink.readers == ["a@example.be", "b@example.be", "c@example.be"]


def test_a_very_slow_server_gets_each_letter_once(sink: Sink, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    write(clock, "a", "b", "c")
    send = transports.Server.send

    def slowly(self: transports.Server, mail: transports.Mail) -> None:
        send(self, mail)
        clock.forward(seconds=90)

    monkeypatch.setattr(transports.Server, "send", slowly)

    assert [delivery.deliver() for _ in range(4)] == [1, 1, 1, 0]

    assert sink.readers == ["a@example.be", "b@example.be", "c@example.be"]
    assert db.session.scalars(select(OutgoingMail.tries)).all() == [1, 1, 1]


def test_a_worker_killed_before_the_words_doubles_nothing(
    sink: Sink, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(clock, "a", "b", "c")
    with monkeypatch.context() as patch:
        patch.setattr(transports.Server, "_connect", _dies)
        with pytest.raises(Killed):
            delivery.deliver()

    clock.set(clock() + LEASE)
    delivery.deliver()

    assert sink.readers == ["a@example.be", "b@example.be", "c@example.be"]
    assert set(states().values()) == {MailState.SENT}


def test_a_worker_killed_after_the_words_doubles_one_at_most_and_recognisably(
    sink: Sink, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server took it and nobody heard: no protocol can tell. The copy has the same Message-ID."""
    write(clock, *(f"k{number}" for number in range(6)))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "sent", _dies)
        with pytest.raises(Killed):
            delivery.deliver()

    clock.set(clock() + LEASE)
    delivery.deliver()

    times = Counter(message["Message-ID"] for message in sink.messages)
    assert len(times) == 6
    assert sorted(times.values()) == [1, 1, 1, 1, 1, 2]


@pytest.mark.parametrize("workers", [2, 4])
def test_several_workers_send_each_letter_once(app: Flask, sink: Sink, clock: Clock, workers: int) -> None:
    write(clock, *(f"k{number}" for number in range(60)))
    ready = threading.Barrier(workers)

    def work() -> None:
        with app.app_context():
            ready.wait()
            delivery.deliver()
            db.session.remove()

    threads = [threading.Thread(target=work) for _worker in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(sink.messages) == len({message["Message-ID"] for message in sink.messages}) == 60
    assert set(states().values()) == {MailState.SENT}


def test_a_password_is_used(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Sink()
    write(clock, "a")
    with listening(sink, authenticator=sink.sign_in, auth_require_tls=False) as port:
        to(app, monkeypatch, port, who="coopcity:p%40ss@")
        delivery.deliver()

    assert (states(), sink.signed_in) == ({"a": "sent"}, [b"p@ss"])


def test_a_password_crosses_no_open_line(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Sink()
    write(clock, "a")
    monkeypatch.setattr(transports, "LOCAL_HOSTS", ())
    with listening(sink, authenticator=sink.sign_in, auth_require_tls=False) as port:
        to(app, monkeypatch, port, who="coopcity:secret@")
        delivery.deliver()

    assert (states(), sink.signed_in, sink.messages) == ({"a": "queued"}, [], [])


def test_starttls_insists(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Sink()
    write(clock, "a")
    with listening(sink) as port:
        to(app, monkeypatch, port, scheme="starttls")
        delivery.deliver()

    assert (states(), sink.messages) == ({"a": "queued"}, [])


def test_a_cancelled_letter_that_was_under_way_stays_what_it_is(sink: Sink, clock: Clock, mailbox: Mailbox) -> None:
    write(clock, "a")
    letter = mailbox.letters[0]
    number = letter.id
    handling.move(letter, "cancel", by="person:1", at=clock())
    db.session.commit()

    with relaxed_commit() as connection:
        sending.not_sent(connection, number, 1, error="late", at=clock())

    assert states() == {"a": "cancelled"}


def _dies(*_args: Any, **_more: Any) -> None:
    raise Killed
