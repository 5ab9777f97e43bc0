"""The worker goes on, whatever one of its jobs meets."""

import os
import signal
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app import commands
from app.core.jobs import Job


class Stopped(BaseException):
    """The test has seen enough."""


def test_a_job_that_fails_stops_neither_the_others_nor_the_worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []

    def locked() -> int:
        turns.append("locked")
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    def deliver() -> int:
        turns.append("deliver")
        if turns.count("deliver") == 2:
            raise Stopped
        return 1

    jobs = [Job("locked", "", locked, every=timedelta(0)), Job("deliver", "", deliver, every=timedelta(0))]
    monkeypatch.setattr(commands, "JOBS", jobs)
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)

    with pytest.raises(Stopped):
        commands.work()

    assert turns == ["locked", "deliver"] * 2


def test_once_says_what_went_wrong(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "JOBS", [Job("broken", "", broken)])
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)

    with pytest.raises(ZeroDivisionError):
        commands.work(once=True)


def test_a_worker_that_dies_is_followed_by_another_until_we_are_asked_to_stop(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    born: list[int] = []

    class Dying:
        """A process that is dead at once; the third one asks us to stop."""

        exitcode = -9

        def __init__(self, target: object) -> None:
            assert target is commands.work

        def start(self) -> None:
            born.append(len(born))
            if len(born) == 3:
                os.kill(os.getpid(), signal.SIGTERM)

        def is_alive(self) -> bool:
            return False

        def join(self, _seconds: float = 0) -> None:
            pass

        terminate = kill = join

    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(commands, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(commands.multiprocessing, "get_context", lambda _kind: type("Context", (), {"Process": Dying}))
    try:
        commands.supervise()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)

    assert born == [0, 1, 2]
