"""Concurrent inserts of the same row under a unique constraint."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.core.db.base import Model, db

Row = TypeVar("Row")


def get_or_create(find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """Find the row, or make it: (row, is it new).

    Of two concurrent inserts the second waits for the first and then finds its row. A savepoint keeps the unique
    violation from ending the transaction.
    """
    found = find()
    if found is not None:
        return found, False
    try:
        with db.session.begin_nested():
            made = make()
            db.session.add(made)
    except IntegrityError:
        found = find()
        if found is None:
            raise
        return found, False
    return made, True


def insert_or(kind: type[Model]) -> Any:
    """An INSERT for `on_conflict_do_nothing` or `on_conflict_do_update`: both databases know them."""
    on_sqlite = db.session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(kind) if on_sqlite else postgresql.insert(kind)


@contextlib.contextmanager
def refuse_duplicate(refusal: Exception) -> Iterator[None]:
    """Store what the block changes, or raise `refusal` on a unique violation."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise refusal from error


def is_duplicate(error: IntegrityError) -> bool:
    """True for a unique violation, as opposed to a foreign key or NOT NULL."""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE constraint failed" in str(error.orig)
