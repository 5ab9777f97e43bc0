"""One run: a temporary folder, a PostgreSQL server, and the sites that rows share."""

import contextlib
import os
import tempfile
import time
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.figures import ROUNDS, median
from bench.load import Request, send_all
from bench.postgres import Postgres
from bench.server import Server
from bench.site import Site

DATABASES = ("sqlite", "postgresql")
PLAIN = ("-m", "bench.serve", "bench.yardsticks:app")
PLAIN_OCTETS = 20_000
PLAIN_MS = 0.46  # CPU ms of a Flask and Jinja page of this length where the peers were measured (PERFORMANCE.md)


class Bench:
    """What the rows work with; stops everything it started."""

    def __init__(self) -> None:
        self._end = contextlib.ExitStack()
        self._sites: dict[str, Site] = {}

    def __enter__(self) -> Self:
        self.folder = Path(self._end.enter_context(tempfile.TemporaryDirectory(prefix="coopcity-bench-")))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end.close()

    @cached_property
    def postgres(self) -> Postgres:
        """The PostgreSQL server of this run."""
        server = Postgres(self.folder / "postgresql")
        self._end.callback(server.stop)
        return server

    def site(self, database: str) -> Site:
        """The shared site on this database, prepared and running."""
        if database not in self._sites:
            self._sites[database] = self.new_site(database, f"shared_{database}")
            self.run(self._sites[database].server)
        return self._sites[database]

    def new_site(self, database: str, name: str) -> Site:
        """A site for one row, prepared and not running."""
        address = "" if database == "sqlite" else self.postgres.database(name)
        site = Site(self.folder / name, address)
        self._end.callback(site.close)
        return site

    def run(self, server: Server, path: str = "/nl/") -> Server:
        """Start a server; it is stopped at the end at the latest."""
        self._end.callback(server.stop)
        server.start(path)
        return server

    def plain(self, size: int) -> Server:
        """A Flask and Jinja page of this length, with its data in memory, served like the site."""
        environment = {"BENCH_OCTETS": str(size), "WORKERS": "2"}
        return self.run(Server(environment, self.folder / "plain.log", PLAIN), "/")

    def slowness(self) -> float:
        """How many times slower this machine is now than the one where the peers were measured."""
        server = self.plain(PLAIN_OCTETS)
        works = [send_all(server, [Request("GET", "/")] * 500, clients=8).cpu_ms for _ in range(ROUNDS)]
        server.stop()
        return median(works) / PLAIN_MS

    def machine(self) -> str:
        """The machine of the measurements."""
        return (
            f"{os.cpu_count()} cores, {self.slowness():.1f} times as slow as where the peers were measured,"
            f" one disk sync takes {self.sync_ms():.2f} ms in {self.folder.parent}"
        )

    def sync_ms(self) -> float:
        """Milliseconds for a synced write of 4 KB."""
        times = []
        with (self.folder / "sync").open("wb") as file:
            for _ in range(50):
                begun = time.perf_counter()
                file.write(bytes(4096))
                file.flush()
                os.fdatasync(file.fileno())
                times.append((time.perf_counter() - begun) * 1000)
        return median(times)
