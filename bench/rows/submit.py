"""The final submit with 1, 8 and 32 writers on both databases, and what the disk sync costs."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from app.applications.models import Application, Move, Submission
from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import db
from app.mail.models import OutgoingMail
from bench.bench import Bench
from bench.figures import ROUNDS, Figure, in_rounds, median
from bench.load import Seen, send_all
from bench.server import Server
from bench.site import Site
from bench.stock import Draft, drafts
from bench.yardsticks import raw_transactions

WRITERS = {1: 30, 8: 80, 32: 128}  # submissions per round
WARM = 16


class Place(NamedTuple):
    """A running server with prepared drafts."""

    server: Server
    drafts: list[Draft]

    def hand_in(self, writers: int, count: int) -> Seen:
        """Submit these drafts from this many clients at once; waits for the letters without timing them."""
        requests = [self.drafts.pop().handing_in() for _ in range(count)]
        seen = send_all(self.server, requests, clients=writers)
        self.server.rest()
        return seen


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 13."""
    sqlite, postgres = bench.site("sqlite"), bench.site("postgresql")
    normal = bench.new_site("sqlite", "normal")
    relaxed = normal.served_by(("-m", "bench.serve", "bench.relaxed:app", "--with-worker"))
    all_writers, eight = ROUNDS * sum(WRITERS.values()) + WARM, ROUNDS * WRITERS[8] + WARM
    places = {
        "SQLite": Place(sqlite.server, drafts(sqlite, all_writers)),
        "PostgreSQL": Place(postgres.server, drafts(postgres, all_writers)),
        "NORMAL": Place(relaxed, drafts(normal, eight)),
    }
    bench.run(relaxed)
    for place in places.values():
        place.hand_in(4, WARM)
    works = {
        f"{name} {writers}": partial(place.hand_in, writers, count)
        for name, place in places.items()
        for writers, count in WRITERS.items()
        if name != "NORMAL" or writers == 8
    }
    found = in_rounds(works)
    relaxed.stop()
    yield from _figures({name: _Result(name, rounds) for name, rounds in found.items()})
    size = _size(sqlite)
    raw = raw_transactions(bench.folder, size)
    alone = median([seen.rate for seen in found["SQLite 1"]])
    yield Figure(
        "13",
        f"SQLite, 1 writer, against a raw transaction of {size:,} bytes and one disk sync",
        alone / raw,
        beside=f"{alone:.1f}/s, {raw:.0f}/s",
    )


class _Result:
    def __init__(self, name: str, rounds: list[Seen]) -> None:
        together = sum(rounds, Seen())
        self.name, self.rate = name, median([seen.rate for seen in rounds])
        self.failures, self.sent = len(together.failures), len(together.times) + len(together.failures)
        self.p50, self.p99, self.cpu_ms = together.ms(50), together.ms(99), together.cpu_ms


def _figures(found: dict[str, _Result]) -> Iterator[Figure]:
    for one in found.values():
        yield Figure(
            "13",
            f"{_named(one.name)}: failures of {one.sent}",
            one.failures,
            most=0,
            beside=f"{one.rate:.1f}/s, {one.cpu_ms:.1f} CPU ms each",
        )
    for database in ("SQLite", "PostgreSQL"):
        yield _ratio(f"{database}, 32 writers against 1", found[f"{database} 32"], found[f"{database} 1"], least=0.9)
        for writers, most in ((8, 4.0), (32, 2.5)):
            one = found[f"{database} {writers}"]
            yield Figure(
                "13",
                f"{database}, {writers} writers, p99 against p50",
                one.p99 / one.p50,
                most=most,
                beside=f"{one.p99:.0f} ms, {one.p50:.0f} ms",
            )
    yield _ratio("FULL against NORMAL, 8 writers", found["SQLite 8"], found["NORMAL 8"], least=0.8)
    yield _ratio("PostgreSQL against SQLite, 8 writers", found["PostgreSQL 8"], found["SQLite 8"], least=0.8)


def _ratio(what: str, one: _Result, other: _Result, *, least: float) -> Figure:
    return Figure("13", what, one.rate / other.rate, least=least, beside=f"{one.rate:.1f}/s, {other.rate:.1f}/s")


def _named(name: str) -> str:
    place, writers = name.split()
    return f"{place}, {writers} writer{'s' if writers != '1' else ''}"


def _size(site: Site) -> int:
    """How much one submission writes: submission, state change, audit entry and letter."""
    with site.app.app_context():
        last = db.session.scalars(select(Application).where(Application.reference.is_not(None)).limit(1)).one()
        rows = [
            *db.session.scalars(select(Submission).where(Submission.application_id == last.id)),
            *db.session.scalars(select(Move).where(Move.application_id == last.id)),
            *db.session.scalars(select(AuditEntry).where(AuditEntry.about == last.ref)),
            *db.session.scalars(select(OutgoingMail).where(OutgoingMail.about == last.ref)),
        ]
        return sum(
            len(str(getattr(row, column.key)).encode()) for row in rows for column in row.__mapper__.column_attrs
        )
