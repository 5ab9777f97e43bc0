"""Rows that a unique constraint protects, when two transactions make the same one."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from app.core.db.base import db

Row = TypeVar("Row")


def get_or_create(find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row that `find` finds, or the one that `make` makes; and whether it is new.

    Of two transactions that make the same row at one moment the second waits for the first, then finds its row: the
    savepoint keeps the refusal of the unique constraint from ending the transaction.
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


@contextlib.contextmanager
def refuse_duplicate(refusal: Exception) -> Iterator[None]:
    """Store what the block changes, or raise `refusal` where another transaction took a name of it meanwhile."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise refusal from error


def is_duplicate(error: IntegrityError) -> bool:
    """Did a unique constraint refuse, rather than a foreign key or a missing value?"""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE constraint failed" in str(error.orig)
