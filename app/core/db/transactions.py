"""One transaction per request: the only commit, and read-only modes."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from flask import Response, g, has_request_context, request
from sqlalchemy.engine import Connection

from app.core.db.base import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LINE_MILLISECONDS = 50  # how long an access log row may wait for a lock on PostgreSQL
POOL_SECONDS = 5.0  # a request without a free connection is answered 503
HAND_INS = 7_207_137  # arbitrary: PostgreSQL's advisory lock for submissions
WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})
_looking: ContextVar[bool] = ContextVar("looking", default=False)


def end_transaction(answer: Response) -> Response:
    """Commit a successful response to a writing request; roll back everything else."""
    if not db.session.registry.has():
        return answer
    writes = request.method not in SAFE_METHODS
    if writes and (answer.status_code < 400 or (g.pop("keep", False) and answer.status_code < 500)):
        db.session.commit()
    else:
        db.session.rollback()
    return answer


def commit() -> None:
    """Commit outside a request: command line, worker, one letter."""
    db.session.commit()


@contextlib.contextmanager
def unit_of_work() -> Any:
    """Commit the block, or roll it back on an exception."""
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


class WouldWrite(Exception):
    """A statement in a read-only block tried to write."""


@contextlib.contextmanager
def only_looking() -> Iterator[None]:
    """Read outside a request, concurrently with SQLite's writer. Raises WouldWrite when the block writes."""
    before = _looking.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _looking.reset(before)


def read_only_first(work: Callable[[], int]) -> int:
    """Run a job; on SQLite read-only first, and again with the write lock if it wants to write.

    A job without work then takes no write lock. On PostgreSQL a transaction without writes costs nothing.
    """
    if db.engine.dialect.name == "sqlite":
        try:
            with only_looking():
                return work()
        except WouldWrite:
            pass
    return work()


def reading() -> bool:
    """True when this unit of work cannot write: SQLite then takes a snapshot instead of the write lock."""
    if _looking.get():
        return True
    return has_request_context() and (request.method in SAFE_METHODS or bool(g.get("reads_first")))


def read_first() -> None:
    """Let this request read before it writes, because it does slow work in between, outside any transaction."""
    g.reads_first = True


def end_reading() -> None:
    """Release the snapshot; later queries belong to the writing transaction."""
    g.reads_first = False
    db.session.rollback()


@contextlib.contextmanager
def only_reading() -> Iterator[None]:
    """Read for the page of a refused POST, concurrently with SQLite's writer; rolls back what the request wrote."""
    db.session.rollback()
    g.reads_first = True
    try:
        yield
    finally:
        end_reading()


def _refuse_to_write(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if _looking.get() and statement.lstrip()[:6].upper() in WRITES:
        raise WouldWrite
