"""Who looked at what: one line per person, thing and day, so that people can see who read about them.

A look changes nothing in the work itself. It is written after the answer, in a transaction of its own: like a server's
log, it must not hold up a page, and a page that was refused was not looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy import Date, Text, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import audit, clock
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


@dataclass(frozen=True)
class Export:
    """Files that one answer takes along: what they are, how many, and the filter that chose them."""

    what: str
    by: str
    count: int
    chosen_by: dict[str, Any]


def exported(
    what: str, about: Iterable[str], *, by: str, chosen_by: Mapping[str, Any], count: int | None = None
) -> None:  # fmt: skip
    """This answer takes `about` along: a look at each of them, and one line in the audit trail.

    `count`: how many rows, where it is not one for each thing.
    `chosen_by` is the filter; the words that somebody searched for may be a name, so only that there were any is kept.
    """
    things = list(about)
    for one in things:
        looked(one, by)
    kept = {name: value for name, value in chosen_by.items() if value not in ("", None, [])}
    if "q" in kept:
        kept["q"] = True
    g.export = Export(what, by, len(things) if count is None else count, kept)


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
    made: Export | None = g.pop("export", None)
    if not seen and made is None:
        return answer
    try:
        _put(seen, made, clock.now())
    except OperationalError as reason:
        log.warning("look not written", error=str(reason.orig)[:200])
    return answer


def _put(seen: dict[str, str], made: Export | None, at: datetime) -> None:
    """One transaction of its own. It writes before it reads: SQLite then waits for its turn instead of giving up."""
    day = clock.day_of(at)
    with Session(db.engine) as session, session.begin():
        rows = [{"about": about, "by": by, "on": day, "at": at} for about, by in sorted(seen.items())]
        insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
        if rows:  # the same person may have looked today already
            session.execute(insert(Look).on_conflict_do_nothing(), rows)
        elif made is not None:
            session.execute(update(Look).where(Look.about == "").values(at=at))
        if made is not None:
            audit.record(
                "export.made", by=made.by, about=f"export:{made.what}", at=at, session=session, count=made.count,
                chosen_by=made.chosen_by,
            )  # fmt: skip
