"""Who looked at what: one line per person, thing and day, so that people can see who read about them.

A look changes nothing in the work itself. It is written after the answer, in a transaction of its own: like a server's
log, it must not hold up a page, and a page that was refused was not looked at.
"""

from datetime import date, datetime

from flask import Flask, Response, g, request
from sqlalchemy import Date, Text, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, Moment, db
from app.core.logs import log


class Look(Model):
    """Somebody opened something on this day; `by` and `about` are references such as `person:12`."""

    __tablename__ = "look"

    about: Mapped[str] = mapped_column(Text, primary_key=True)
    by: Mapped[str] = mapped_column(Text, primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


def init_app(app: Flask) -> None:
    """Write down what a page has shown, once it was shown."""
    app.after_request(_write)


def looked(about: str, by: str) -> None:
    """This page shows `about` to `by`; a page may show several things."""
    g.setdefault("looks", {})[about] = by


def at_things(about: list[str]) -> list[Look]:
    """Who looked at these things, newest first."""
    return list(db.session.scalars(select(Look).where(Look.about.in_(about)).order_by(Look.at.desc(), Look.by)))


def _write(answer: Response) -> Response:
    seen: dict[str, str] = g.pop("looks", {})
    if answer.status_code >= 300 or request.method == "HEAD":
        return answer
    at = clock.now()
    for about, by in seen.items():
        _put(about, by, at)
    return answer


def _put(about: str, by: str, at: datetime) -> None:
    try:
        with db.engine.connect() as connection, connection.begin():
            connection.execute(insert(Look).values(about=about, by=by, on=clock.day_of(at), at=at))
    except IntegrityError:
        pass  # the same person looked today already
    except OperationalError as reason:
        log.warning("look not written", error=str(reason.orig)[:200])
