"""The access log: one row per person, thing and day, so that people can see who read about them.

Recording an access never blocks or fails the page. The row is written after the page was rendered, on the request's
connection; while another writer holds the lock, it goes to a file in the data folder, which the worker stores later. A
refused page is not recorded.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Connection, Date, Text, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import Model, UTCDateTime, db
from app.core.db.engine import write_after_reading
from app.core.db.transactions import unit_of_work
from app.core.logs import log
from app.core.private import FILE_MODE


class AccessLogEntry(Model):
    """Somebody opened something on this day; `by` and `about` are references such as `person:12`."""

    __tablename__ = "access_log_entry"

    about: Mapped[str] = mapped_column(Text, primary_key=True)
    by: Mapped[str] = mapped_column(Text, primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def init_app(app: Flask) -> None:
    """Record accesses after the response was built."""
    app.after_request(_write)


@dataclass(frozen=True)
class Export:
    """The things one response exports: what, how many, and the filter."""

    what: str
    by: str
    count: int
    chosen_by: dict[str, Any]


def record_export(
    what: str, about: Iterable[str], *, by: str, chosen_by: Mapping[str, Any], count: int | None = None
) -> None:
    """This response exports `about`: an access to each, and one audit entry.

    `count`: the number of rows, where it differs; an export without rows is not recorded. `chosen_by`: the filter.
    Search words may be names, so only their presence is kept.
    """
    things = list(about)
    for one in things:
        record_access(one, by)
    if not things and not count:
        return  # no rows, no export
    kept = {name: value for name, value in chosen_by.items() if value not in ("", None, [])}
    if "q" in kept:
        kept["q"] = True
    g.export = Export(what, by, len(things) if count is None else count, kept)


def record_access(about: str, by: str) -> None:
    """This page shows `about` to `by`; a page may show several things."""
    g.setdefault("looks", {})[about] = by


def accesses_of(about: list[str]) -> list[AccessLogEntry]:
    """Who opened these things, newest first."""
    return list(
        db.session.scalars(
            select(AccessLogEntry)
            .where(AccessLogEntry.about.in_(about))
            .order_by(AccessLogEntry.at.desc(), AccessLogEntry.by)
        )
    )


def _write(answer: Response) -> Response:
    seen: dict[str, str] = g.pop("looks", {})
    if answer.status_code >= 300 or request.method == "HEAD":
        return answer
    made: Export | None = g.pop("export", None)
    if not seen and made is None:
        return answer
    entry = Entry(clock.now(), sorted(seen.items()), made)
    try:
        with write_after_reading() as connection:
            _store(connection, [entry])
    except (OperationalError, PoolTimeout):
        _keep_for_later(entry)
    return answer


@dataclass(frozen=True)
class Entry:
    """The accesses and the export of one response."""

    at: datetime
    seen: list[tuple[str, str]]
    made: Export | None

    def as_line(self) -> bytes:
        """JSON for the file of waiting entries."""
        made = asdict(self.made) if self.made else None
        return json.dumps({"at": self.at.isoformat(), "seen": self.seen, "made": made}).encode() + b"\n"

    @classmethod
    def of_line(cls, line: bytes) -> "Entry":
        """Parse such a line."""
        found = json.loads(line)
        seen = [(about, by) for about, by in found["seen"]]
        return cls(datetime.fromisoformat(found["at"]), seen, Export(**found["made"]) if found["made"] else None)


def store_waiting() -> int:
    """Store the waiting entries; return how many.

    The file is renamed first. If the worker is killed between commit and deletion it stores them again: an access is
    still there once, the audit entry of an export may be there twice.
    """
    place = _waiting()
    aside = place.with_suffix(".taken")
    if not aside.exists():
        if not place.exists():
            return 0
        place.rename(aside)
    with aside.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a page may be appending at this moment
        entries = [Entry.of_line(line) for line in file]
    with unit_of_work() as session:
        _store(session.connection(), entries)
    aside.unlink()
    return len(entries)


def _store(connection: Connection, entries: list[Entry]) -> None:
    """Insert; ignore what is recorded for today already."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    rows = [
        {"about": about, "by": by, "on": clock.day_of(one.at), "at": one.at}
        for one in entries
        for about, by in one.seen
    ]
    if rows:
        rows.sort(key=lambda row: (str(row["about"]), str(row["by"]), str(row["on"])))
        connection.execute(insert(AccessLogEntry).on_conflict_do_nothing(), rows)
    with Session(connection) as session:  # joins the transaction of the connection; its owner commits
        for entry in entries:
            if entry.made is not None:
                made = entry.made
                audit_trail.record(
                    "export.made",
                    by=made.by,
                    about=f"export:{made.what}",
                    at=entry.at,
                    session=session,
                    count=made.count,
                    chosen_by=made.chosen_by,
                )
        audit_trail.append(session)


def _keep_for_later(entry: Entry) -> None:
    """Append a line to the file of waiting entries; reopen it when the worker has just renamed it."""
    place = _waiting()
    try:
        while True:
            handle = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
            with os.fdopen(handle, "ab") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                if place.exists() and os.path.samestat(place.stat(), os.fstat(handle)):
                    file.write(entry.as_line())
                    return
    except OSError as reason:
        log.warning("look not written", error=reason.strerror)


def _waiting() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "looks.waiting"
