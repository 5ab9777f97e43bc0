"""Rate limits, counted in a small SQLite file shared by all workers."""

import math
import sqlite3
import threading
import time
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage
from werkzeug.exceptions import TooManyRequests

from app.core import private
from app.core.extension_points import ExtensionPoint

# Extension point: the id of this request's person when their address is confirmed.
COUNTED_PERSON = ExtensionPoint[Callable[[], int | None]]("counted_person")

SCHEMA = """
CREATE TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL);
CREATE INDEX IF NOT EXISTS ix_hit_ends ON hit (ends);
"""
EXPIRED = "SELECT 1 FROM hit WHERE ends <= ? LIMIT 1"
NETWORK_BITS = 64  # of an IPv6 address: a household has too many addresses to count each
HIT = """
INSERT INTO hit VALUES (:key, :amount, :now + :expiry)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN ends <= :now THEN :amount ELSE count + :amount END,
  ends = CASE WHEN ends <= :now THEN :now + :expiry ELSE ends END
RETURNING count
"""


class SharedCounts(Storage):
    """Fixed-window counts for flask-limiter, which has no SQL storage."""

    STORAGE_SCHEME = ["counts"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_options: Any) -> None:
        super().__init__(uri, wrap_exceptions)
        self._place = (uri or "").removeprefix("counts://")
        self._local = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        """The exceptions of a broken store."""
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a hit; return the sum within its window of `expiry` seconds."""
        row = self._connection().execute(HIT, {"key": key, "amount": amount, "now": time.time(), "expiry": expiry})
        return int(row.fetchone()[0])

    def get(self, key: str) -> int:
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        """The end of the window, in seconds since 1970."""
        return float(self._row(key)[1])

    def check(self) -> bool:
        """True when the file can be read."""
        return self._connection().execute("SELECT 1").fetchone() == (1,)

    def clear(self, key: str) -> None:
        self._connection().execute("DELETE FROM hit WHERE key = ?", (key,))

    def reset(self) -> int | None:
        return self._connection().execute("DELETE FROM hit").rowcount

    def forget_expired(self) -> int:
        """Delete counts of past windows; return how many. Writes nothing when there are none."""
        if self._connection().execute(EXPIRED, (time.time(),)).fetchone() is None:
            return 0
        return self._connection().execute("DELETE FROM hit WHERE ends <= ?", (time.time(),)).rowcount

    def _row(self, key: str) -> tuple[int, float]:
        now = time.time()
        found = self._connection().execute("SELECT count, ends FROM hit WHERE key = ? AND ends > ?", (key, now))
        return found.fetchone() or (0, now)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            private.make_file(self._place)
            connection = sqlite3.connect(self._place, isolation_level=None, timeout=5)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.executescript(SCHEMA)
            self._local.connection = connection
        return self._local.connection


def visitor() -> str:
    """The client's address, directly or from trusted proxies; for IPv6 the network."""
    return counted_as(request.remote_addr or "unknown")


def counted_as(address: str) -> str:
    """The key under which this address is counted."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, NETWORK_BITS), strict=False))


def only_posts() -> bool:
    """Exempt requests that only read."""
    return request.method != "POST"


def counted() -> str:
    """The counting key: a person with a confirmed address, else the network.

    A limit per unconfirmed person would not work: each start creates one.
    """
    proved_person = COUNTED_PERSON.first()
    person = proved_person() if proved_person else None
    return f"person:{person}" if person else visitor()


def one_or_room(one: str, room: str) -> Callable[[], str]:
    """The limit of one person, or of a network that a room full of people may share."""
    return lambda: one if counted().startswith("person:") else room


def seconds_left() -> int:
    """Seconds until the exceeded limit resets; one minute when unknown."""
    limit = limiter.current_limit
    return max(1, int(limit.reset_at - time.time())) if limit else 60


limiter = Limiter(
    counted,
    application_limits=[one_or_room("600 per 5 minutes", "3000 per 5 minutes")],
    application_limits_exempt_when=only_posts,
    headers_enabled=False,
    strategy="fixed-window",
)


def init_app(app: Flask) -> None:
    """Store counts in the data folder; limit the POSTs of each person or network."""
    place = Path(app.config["DATA_DIR"]) / "limits.sqlite3"
    app.config.update(
        RATELIMIT_STORAGE_URI=f"counts://{place}",
        RATELIMIT_SWALLOW_ERRORS=True,
    )
    limiter.init_app(app)


def spend(rule: str, *who: str) -> None:
    """Count expensive work of any method: `spend("20 per 10 minutes", "pdf", person.ref)`.

    Counts per person, whatever their address. Raises 429 when the limit is exceeded. A HEAD is answered at once,
    without the work and without counting.
    """
    if not limiter.enabled:
        return
    if request.method == "HEAD":
        abort(Response(headers={"Cache-Control": "private, no-store"}))
    limit = parse(rule)
    if not limiter.limiter.hit(limit, *who):
        ends_at = limiter.limiter.get_window_stats(limit, *who).reset_time
        raise TooManyRequests(retry_after=max(1, math.ceil(ends_at - time.time())))


def rate_limit(rule: str, *, room: str = "") -> Any:
    """A stricter limit for one view's POSTs, for example `rate_limit("10 per hour", room="60 per hour")`.

    `room`: the limit of a network where many people send at once, such as an information session.
    """
    return limiter.limit(one_or_room(rule, room or rule), exempt_when=only_posts)


def forget_expired() -> int:
    """Delete counts per address when their window is over."""
    counts = limiter.storage
    return counts.forget_expired() if isinstance(counts, SharedCounts) else 0
