"""The worker goes on, whatever one of its jobs meets."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app import commands


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

    monkeypatch.setattr(commands, "JOBS", [locked, deliver])
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)

    with pytest.raises(Stopped):
        commands.work()

    assert turns == ["locked", "deliver"] * 2


def test_once_says_what_went_wrong(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "JOBS", [broken])
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)

    with pytest.raises(ZeroDivisionError):
        commands.work(once=True)
