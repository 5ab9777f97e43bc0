"""Public pages without a cache against a Flask and Jinja page of their size."""

from collections.abc import Iterator
from functools import partial

from bench.bench import Bench
from bench.figures import Figure, in_rounds
from bench.load import Connection, Request, Seen, send_all
from bench.server import Server

PAGES = {"/nl/": "home", "/nl/ondernemingen": "showcase"}
REQUESTS, CLIENTS = 150, 8
PRETALX_MS = 18.6  # pretalx's event page


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 3."""
    site = bench.site("sqlite")
    for path, name in PAGES.items():
        size = _size(site.server, path)
        plain = bench.plain(size)
        works = {
            "ours": partial(send_all, site.server, [Request("GET", path)] * REQUESTS, clients=CLIENTS),
            "plain": partial(send_all, plain, [Request("GET", "/")] * REQUESTS, clients=CLIENTS),
        }
        found = {which: sum(rounds, Seen()) for which, rounds in in_rounds(works).items()}
        plain.stop()
        ours, theirs = found["ours"].cpu_ms, found["plain"].cpu_ms
        yield Figure(
            "3",
            f"{name} page, {size:,} bytes, no cache, against Flask + Jinja",
            ours / theirs,
            "x",
            most=2,
            beside=f"{ours:.2f} CPU ms, {theirs:.2f} CPU ms",
        )
        pretalx = PRETALX_MS * bench.slowness()
        yield Figure(
            "3",
            f"{name} page, no cache, against pretalx's event page",
            ours / pretalx,
            "x",
            most=1 / 15,
            beside=f"{ours:.2f} CPU ms, {pretalx:.0f} CPU ms",
        )


def _size(server: Server, path: str) -> int:
    connection = Connection(server.port)
    answer = connection.send(Request("GET", path))
    connection.close()
    return len(answer.text)  # type: ignore[attr-defined]
