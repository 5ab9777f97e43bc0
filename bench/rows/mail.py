"""10,000 letters to a mail server on this machine, by 1 and by 4 workers, beside bare smtplib."""

import os
import re
import smtplib
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, select

from app.core import clock
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from bench.bench import DATABASES, Bench
from bench.figures import Figure
from bench.site import Site
from config import ROOT
from tests.mail.sinks import listening

LETTERS, WORKERS = 10_000, (1, 4)
MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE | re.IGNORECASE)


class Counting:
    """A mail server that only counts."""

    def __init__(self) -> None:
        self.seen: Counter[bytes] = Counter()
        self.first, self.last = 0.0, 0.0
        self.content = b""
        self._lock = threading.Lock()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        found = MESSAGE_ID.search(envelope.content)
        with self._lock:
            self.content = envelope.content
            self.seen[found[1] if found else b""] += 1
            self.last = time.monotonic()
            self.first = self.first or self.last
        return "250 OK"

    def rate(self) -> float:
        """Letters a second between the first and the last; no property, for aiosmtpd looks at those of a handler."""
        return (self.seen.total() - 1) / (self.last - self.first)


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 17."""
    for database in DATABASES:
        bare = 0.0
        for workers in WORKERS:
            sink, left = _sent(bench.new_site(database, f"mail_{database}_{workers}"), workers)
            bare = bare or _bare(sink.content)
            name = f"{LETTERS} letters, {workers} worker{'s' if workers > 1 else ''} on {database}"
            wrong = LETTERS - len(sink.seen) + sink.seen.total() - len(sink.seen) + left
            yield Figure("17", f"{name}: lost, doubled or not settled", wrong, most=0)
            yield Figure(
                "17",
                f"{name}: against bare smtplib",
                sink.rate() / bare,
                "x",
                least=0.5,
                beside=f"{sink.rate():.0f} a second, {bare:.0f} a second",
            )


def _sent(site: Site, workers: int) -> tuple[Counting, int]:
    """The mails that arrive when this many workers send all letters, and the number of letters not recorded."""
    _write(site)
    sink, command = Counting(), [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
    with listening(sink) as port:  # type: ignore[arg-type]  # it only has to take letters
        environment = os.environ | site.environment | {"MAIL_URL": f"smtp://127.0.0.1:{port}"}
        running = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(workers)
        ]
        for process in running:
            process.wait()
    with site.app.app_context():
        left = db.session.scalar(select(func.count()).where(OutgoingMail.state != MailState.SENT)) or 0
    return sink, left


def _write(site: Site) -> None:
    """Queue one letter, and copy its row."""
    at = clock.now()
    with site.app.app_context(), unit_of_work():
        first = writing.queue(
            "sign_in_link",
            to_name="Zoë",
            to_email="z0@example.be",
            language="nl",
            key="m0",
            about="",
            at=at,
            url="http://127.0.0.1/",
        )
        assert first is not None
        same = {
            column.key: getattr(first, column.key) for column in OutgoingMail.__table__.columns if column.key != "id"
        }
        copies = [same | {"key": f"m{number}", "to_email": f"z{number}@example.be"} for number in range(1, LETTERS)]
        db.session.execute(insert(OutgoingMail), copies)


def _bare(content: bytes) -> float:
    """The same mails with smtplib over one connection, letters per second."""
    sink = Counting()
    with listening(sink) as port, smtplib.SMTP("127.0.0.1", port) as server:  # type: ignore[arg-type]
        for number in range(LETTERS):
            server.sendmail("a@example.be", [f"z{number}@example.be"], content)
    return sink.rate()
