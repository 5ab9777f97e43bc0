"""The connections to SQLite and PostgreSQL: how each is opened, and when its commit counts."""

import contextlib
import time
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.engine import Connection

from app.core import private
from app.core.db import write_queue
from app.core.db.base import db, migrate
from app.core.db.transactions import LINE_MILLISECONDS, POOL_SECONDS, _refuse_to_write, end_transaction, reading

THREADS = 32  # of each web process; a slow client holds none of them (see `gateway`)
POSTGRESQL_CONNECTIONS = 80  # for all web processes; PostgreSQL ships with room for 100
BUSY_MILLISECONDS = 5000
SYNCHRONOUS = "FULL"  # what was acknowledged is on the disk, also when the power fails
_relaxed_commit: ContextVar[bool] = ContextVar("relaxed_commit", default=False)


def init_app(app: Flask) -> None:
    """Connect the application to its database and make each request one transaction."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": _connections(app),
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "hide_parameters": True,  # an error names the statement and never what people typed
    }
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["ROOT"] / "migrations"))
    with app.app_context():
        _prepare(db.engine)
    app.after_request(end_transaction)


@contextlib.contextmanager
def relaxed_commit() -> Iterator[Connection]:
    """A small unit of work on a connection of its own, not waited for until it is on the disk.

    It outlives a killed process, but perhaps not a power cut: for what may then be done again.
    """
    before = _relaxed_commit.set(True)
    try:
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection
    finally:
        _relaxed_commit.reset(before)


@contextlib.contextmanager
def write_after_reading() -> Iterator[Connection]:
    """End what this request has read, and write a line on its own connection, without waiting for a writer.

    The session knows nothing of it and is rolled back as always: what a GET has in it is not stored. Raises
    OperationalError where somebody else is writing (SQLite), or holds what this line needs (PostgreSQL).
    """
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    on_sqlite = connection.dialect.name == "sqlite"
    driver.rollback()
    try:
        if on_sqlite:
            driver.execute("PRAGMA busy_timeout=0")
            driver.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LINE_MILLISECONDS}")
        yield connection
        driver.commit()
    except BaseException:
        driver.rollback()
        raise
    finally:
        if on_sqlite:
            driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _connections(app: Flask) -> int:
    """One for each thread of a web process: who reads never waits for one that is held by somebody waiting to write.

    They are opened when they are needed and kept. All processes together stay below PostgreSQL's usual limit.
    """
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return THREADS
    return max(min(THREADS, POSTGRESQL_CONNECTIONS // app.config["SETTINGS"].workers), 2)


def _prepare(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "do_connect", _before_connect)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", _refuse_to_write)
    for end in ("checkin", "invalidate"):
        event.listen(engine, end, _on_end)


def _before_connect(_dialect: Dialect, _record: object, arguments: Any, _options: Any) -> None:
    """Make the file of a new database ourselves: SQLite lets others read it, and `-wal` and `-shm` take after it."""
    place = Path(arguments[0])
    if place.name != ":memory:" and not place.exists() and place.parent.is_dir():
        private.make_file(place)


def _on_connect(connection: Any, _record: object) -> None:
    """Set up one SQLite connection.

    `isolation_level = None` takes the driver's own BEGIN away: it lost 276 of 360 updates
    where six threads read and then wrote.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        f"synchronous={SYNCHRONOUS}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """A snapshot for readers; for anybody who may write the write lock at once, in turn (see `turns`).

    Who waited in the queue waits that much less for the lock itself: together they never wait longer than this.
    """
    if reading():
        connection.exec_driver_sql("BEGIN")
        return
    begun = time.monotonic()
    if "turn" not in connection.info:
        turn = write_queue.acquire(f"{connection.engine.url.database}-turn", BUSY_MILLISECONDS / 1000)
        if turn is not None:
            connection.info["turn"] = turn
    waited = int((time.monotonic() - begun) * 1000)
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA synchronous={'NORMAL' if _relaxed_commit.get() else SYNCHRONOUS}")
    driver.execute(f"PRAGMA busy_timeout={max(BUSY_MILLISECONDS - waited, 0)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:  # whoever gets this connection next may wait as long as anybody
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _on_end(_connection: Any, record: Any, *_reason: object) -> None:
    """The transaction is over and its connection given back: the next writer's turn."""
    turn = record.info.pop("turn", None)
    if turn is not None:
        write_queue.release(turn)
