"""One request is one transaction: the only commit, and what may only read."""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from flask import Response, g, has_request_context, request
from sqlalchemy.engine import Connection

from app.core.db.base import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LINE_MILLISECONDS = 50  # how long the line about a page may wait on PostgreSQL for what another line holds
POOL_SECONDS = 5.0  # then a request that finds no connection is answered 503
HAND_INS = 7_207_137  # an arbitrary number: PostgreSQL's name for the queue of hand-ins
WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})
_looking: ContextVar[bool] = ContextVar("looking", default=False)


def end_transaction(answer: Response) -> Response:
    """Commit a good answer to a writing request, roll back everything else."""
    if not db.session.registry.has():
        return answer
    writes = request.method not in SAFE_METHODS
    if writes and (answer.status_code < 400 or (g.pop("keep", False) and answer.status_code < 500)):
        db.session.commit()
    else:
        db.session.rollback()
    return answer


def commit() -> None:
    """End a unit of work outside a request: the command line, the worker, one letter."""
    db.session.commit()


@contextlib.contextmanager
def unit_of_work() -> Any:
    """Commit what the block did, or nothing of it."""
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


class WouldWrite(Exception):
    """What only looked wants to write."""


@contextlib.contextmanager
def only_looking() -> Iterator[None]:
    """Read outside a request, beside whoever holds SQLite's write lock. Raises WouldWrite where the block writes."""
    before = _looking.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _looking.reset(before)


def read_only_first(work: Callable[[], int]) -> int:
    """Run a job; on SQLite in a transaction that cannot write, and again in one that can where it wants to.

    A job that finds nothing to do has then taken no write lock. On PostgreSQL a transaction that wrote nothing has
    cost nothing.
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
    """Let this request read before it writes: it does something slow in between, outside of every transaction."""
    g.reads_first = True


def end_reading() -> None:
    """Give the snapshot back; what is read from now on belongs to the transaction that writes."""
    g.reads_first = False
    db.session.rollback()


@contextlib.contextmanager
def only_reading() -> Iterator[None]:
    """Read for the page of a refused POST, beside whoever holds the write lock; what the request wrote is given up."""
    db.session.rollback()
    g.reads_first = True
    try:
        yield
    finally:
        end_reading()


def _refuse_to_write(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if _looking.get() and statement.lstrip()[:6].upper() in WRITES:
        raise WouldWrite
