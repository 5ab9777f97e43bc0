"""One deed in two transactions that meet, step by step and without threads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.db.base import db


@dataclass(frozen=True)
class Met:
    """What both gave. `first` committed between what the second read and what it stored."""

    first: Any
    second: Any


class Paused(Exception):
    """The two cannot meet: the second holds a lock for which the first waits."""


def meet(app: Flask, row: type[Any], first: Callable[[], Any], second: Callable[[], Any] | None = None) -> Met:
    """Stop the second transaction where it is about to store such a row; the first runs to its commit meanwhile.

    Without `second` the same deed is done twice. What the test wrote before is committed.
    Raises HeldBack, and AssertionError where the second stores no such row, new or changed.
    """
    done: list[Any] = []
    stopped: list[bool] = []

    def stop(session: Session, *_rest: Any) -> None:
        if stopped or not any(isinstance(one, row) for one in (*session.new, *session.dirty)):
            return
        stopped.append(True)
        with app.app_context():
            db.session.execute(text("SET LOCAL lock_timeout = '1ms'"))  # the lock would never be given
            done.append(first())
            db.session.commit()

    db.session.commit()
    event.listen(db.session, "before_flush", stop)
    try:
        with app.app_context():
            given = (second or first)()
            db.session.commit()
    except OperationalError as refused:
        if getattr(refused.orig, "sqlstate", "") != "55P03":
            raise
        raise Paused from refused
    finally:
        event.remove(db.session, "before_flush", stop)
    db.session.rollback()
    assert done, f"no {row.__name__} was stored"
    return Met(done[0], given)
