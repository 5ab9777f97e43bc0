"""Writers on SQLite go in the order in which they came, and nobody waits for ever."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.core.db import engine as core_engine
from app.core.db import write_queue
from app.core.db.base import db
from app.core.db.engine import THREADS
from tests.builders import a_person
from tests.pages import PageClient

PATIENCE = 20.0
HOLDS = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("mine", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Where writers queue."""
    return str(tmp_path / "queue")


def queueing(place: str) -> int:
    """How many stand in the queue behind whoever has the turn."""
    mark = f":{Path(place).stat().st_ino} "
    return sum("->" in line and mark in line for line in Path("/proc/locks").read_text().splitlines())


def queue_up(work: Callable[[int], object], people: int, place: str) -> list[threading.Thread]:
    """Start one after the other, each once the one before stands in the queue."""
    threads = []
    for number in range(people):
        threads.append(threading.Thread(target=work, args=(number,)))
        threads[-1].start()
        while queueing(place) <= number:
            assert threads[-1].is_alive()
    return threads


def test_who_comes_first_goes_first(place: str) -> None:
    order: list[int] = []
    first = write_queue.acquire(place, PATIENCE)
    assert first is not None

    def work(number: int) -> None:
        mine = write_queue.acquire(place, PATIENCE)
        assert mine is not None
        order.append(number)
        write_queue.release(mine)

    waiting = queue_up(work, 8, place)
    write_queue.release(first)
    for thread in waiting:
        thread.join()

    assert order == list(range(8))


def test_who_lost_patience_holds_nobody_up(place: str) -> None:
    first = write_queue.acquire(place, PATIENCE)
    assert first is not None

    assert write_queue.acquire(place, 0.01) is None
    write_queue.release(first)

    last = write_queue.acquire(place, PATIENCE)
    assert last is not None
    write_queue.release(last)


def test_a_killed_process_leaves_the_queue(place: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        assert write_queue.acquire(place, 0.01) is None

        other.kill()
        mine = write_queue.acquire(place, PATIENCE)

    assert mine is not None
    write_queue.release(mine)


def test_where_no_file_can_be_made_nobody_queues(tmp_path: Path) -> None:
    assert write_queue.acquire(str(tmp_path / "nowhere" / "queue"), PATIENCE) is None


# In the database.


@pytest.mark.only_on("sqlite")
def test_a_transaction_that_failed_gives_its_turn_back(app: Flask) -> None:
    a_person(email="twice@example.be")
    db.session.commit()
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("INSERT INTO role_grant (person_id, role) VALUES (0, 'juror')"))

    with db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET name = 'x'"))

    turn = write_queue.acquire(f"{db.engine.url.database}-turn", 0)
    assert turn is not None
    write_queue.release(turn)


def test_who_waits_in_vain_is_told_that_the_database_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_engine, "BUSY_MILLISECONDS", 50)
    engine = create_engine(f"sqlite:///{tmp_path / 'ours.sqlite3'}")
    core_engine._prepare(engine)

    with engine.begin(), pytest.raises(OperationalError, match="locked"), engine.begin():
        pass

    with engine.begin() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.only_on("sqlite")
def test_readers_go_on_while_everybody_waits_to_write(app: Flask, client: PageClient) -> None:
    db.session.commit()

    def write(_number: int) -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("UPDATE person SET name = 'x'"))

    with db.engine.begin():
        waiting = queue_up(write, THREADS - 4, f"{db.engine.url.database}-turn")
        page = client.get_path("/readyz")
    for thread in waiting:
        thread.join()

    assert page.status == 200
