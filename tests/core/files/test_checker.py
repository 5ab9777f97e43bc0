"""The file check runs in a process of its own: one that hangs, swallows memory or dies refuses its file and no more."""

import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from app.core.files import checker
from app.core.files.check import TYPES, Accepted, Rejected, accept
from tests.core.files.test_files import PDF

EVERY = frozenset(TYPES)


def act(content: bytes, kinds: frozenset[str]) -> tuple[checker.Verdict, bytes]:
    """In place of the real check: the file says what happens to the child."""
    match content.split():
        case [b"work"]:
            while True:
                pass
        case [b"sleep"]:
            time.sleep(3600)
        case [b"memory"]:
            return {"size": len(bytearray(3 * checker.MEMORY))}, b""
        case [b"write", name]:
            with open(name, "wb") as file:  # noqa: PTH123
                file.write(b"x")
        case [b"limits"]:
            return {
                "processor": resource.getrlimit(resource.RLIMIT_CPU),
                "clock": signal.getitimer(signal.ITIMER_REAL)[0],  # an alarm is this timer
                "memory": resource.getrlimit(resource.RLIMIT_AS),
                "written": resource.getrlimit(resource.RLIMIT_FSIZE),
                "own": checker._own_memory(),
            }, b""
        case [b"die"]:
            os.kill(os.getpid(), signal.SIGKILL)
    return {"accepted": "pdf", "kinds": sorted(kinds), "process": os.getpid()}, b""


@pytest.fixture
def helper(monkeypatch: pytest.MonkeyPatch) -> Iterator[checker._Helper]:
    """A helper with the acting check, of little patience."""
    monkeypatch.setattr(checker, "PROCESSOR_SECONDS", 1)
    monkeypatch.setattr(checker, "CLOCK_SECONDS", 2)
    made = checker._Helper()
    made.fork(act)
    monkeypatch.setattr(checker, "helper", made)
    yield made
    made.close()


def test_each_file_has_a_process_of_its_own(helper: checker._Helper) -> None:
    first, second = (checker.checked(b"fine", EVERY)[0] for _ in range(2))

    assert first["kinds"] == sorted(EVERY)
    assert len({first["process"], second["process"], os.getpid()}) == 3


@pytest.mark.parametrize("action", [b"work", b"sleep", b"memory", b"write /dev/shm/coopcity-check", b"die"])
def test_child_over_its_limits_refuses_the_file_and_the_next_one_is_checked(
    helper: checker._Helper, action: bytes
) -> None:
    assert accept(action, EVERY) == Rejected("heavy")

    assert isinstance(accept(b"fine", EVERY), Accepted)


def test_a_child_runs_within_the_limits_that_are_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """5 s of processor and 256 MB, as decided; 20 s by the clock, see checker.CLOCK_SECONDS."""
    made = checker._Helper()
    made.fork(act)
    monkeypatch.setattr(checker, "helper", made)

    found = checker.checked(b"limits", EVERY)[0]

    made.close()
    assert found["processor"] == [5, 5]
    assert 18 < found["clock"] <= 20
    most, hard = found["memory"]
    assert most == hard
    assert 0 <= found["own"] + 256_000_000 - most < 16_000_000  # what the child took since it set its limits
    assert found["written"] == [0, 0]


def test_helper_that_was_killed_is_started_anew() -> None:
    assert isinstance(accept(PDF, EVERY), Accepted)
    control = checker.helper._control
    assert control is not None
    control.shutdown(socket.SHUT_RDWR)

    assert isinstance(accept(PDF, EVERY), Accepted)


def test_more_files_than_may_wait_are_told_to_come_back(
    helper: checker._Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checker, "TURN_SECONDS", 0)
    inside, free = threading.Barrier(checker.AT_ONCE + 1), threading.Event()

    def hold() -> None:
        with helper.turn():
            inside.wait(10)
            free.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(checker.AT_ONCE)]
    for thread in threads:
        thread.start()
    inside.wait(10)

    assert accept(b"fine", EVERY) == Rejected("later")
    free.set()
    for thread in threads:
        thread.join()
    assert isinstance(accept(b"fine", EVERY), Accepted)
