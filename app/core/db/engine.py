"""Connections to SQLite and PostgreSQL: pool, pragmas, durability."""

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

THREADS = 32  # per web process; slow clients hold none of them (see `gateway`)
POSTGRESQL_CONNECTIONS = 80  # for all web processes; PostgreSQL's default maximum is 100
BUSY_MILLISECONDS = 5000
SYNCHRONOUS = "FULL"  # acknowledged commits survive a power failure
_relaxed_commit: ContextVar[bool] = ContextVar("relaxed_commit", default=False)


def init_app(app: Flask) -> None:
    """Connect the application to its database; each request becomes one transaction."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": _connections(app),
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "hide_parameters": True,  # errors name the statement, never the values
    }
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["ROOT"] / "migrations"))
    with app.app_context():
        _prepare(db.engine)
    app.after_request(end_transaction)


@contextlib.contextmanager
def relaxed_commit() -> Iterator[Connection]:
    """A small unit of work on its own connection, without waiting for the disk.

    Survives a killed process, but perhaps not a power failure: use it for work that may be repeated.
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
    """End the request's reading and write one row on its connection, without waiting for other writers.

    The session is rolled back as always, so a GET stores nothing else. Raises OperationalError when another writer
    holds the lock (SQLite), or the rows (PostgreSQL).
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
    """Pool size: one connection per thread, so that readers never wait for one held by a waiting writer.

    Connections open on demand and stay open. All processes together stay below PostgreSQL's default limit.
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
    """Create the file of a new database ourselves: SQLite would make it readable for others, with `-wal` and `-shm`."""
    place = Path(arguments[0])
    if place.name != ":memory:" and not place.exists() and place.parent.is_dir():
        private.make_file(place)


def _on_connect(connection: Any, _record: object) -> None:
    """Set up one SQLite connection.

    `isolation_level = None` disables the driver's own BEGIN, which lost 276 of 360 updates in a test where six threads
    read and then wrote.
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
    """Readers get a snapshot; writers take the write lock at once, in arrival order (see `write_queue`).

    The time spent in the queue is subtracted from the busy timeout, so the total wait is bounded.
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
    finally:  # restore the timeout for the next use of this connection
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _on_end(_connection: Any, record: Any, *_reason: object) -> None:
    """The transaction ended and the connection is returned: admit the next writer."""
    turn = record.info.pop("turn", None)
    if turn is not None:
        write_queue.release(turn)
