"""A server as a process tree of its own: started as people start it, asked for its cost, stopped or killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from config import ROOT

SITE = ("-m", "flask", "--app", "wsgi", "serve")  # what `make run` becomes
PATIENCE_SECONDS = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One server on 127.0.0.1. All its processes share one session, so that none can be forgotten."""

    def __init__(self, environment: dict[str, str], log: Path, command: tuple[str, ...] = SITE) -> None:
        self.port = free_port()
        self._environment = os.environ | environment | {"PORT": str(self.port)}
        self._log, self._command = log, command
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, path: str = "/nl/") -> float:
        """Start, and wait until this page is there; returns the seconds that took."""
        begun = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._command],
                cwd=ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while self._status(path) != 200:
            if self._process.poll() is not None or time.monotonic() - begun > PATIENCE_SECONDS:
                raise RuntimeError(f"the server does not start:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.01)
        return time.monotonic() - begun

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C or a service manager does, and wait until it has."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)
            self._end()

    def terminate(self) -> None:
        """Ask it to end and do not wait."""
        assert self._process is not None
        self._process.terminate()

    def kill(self) -> None:
        """The plug is pulled: every process of the tree at once, none can say goodbye."""
        if self._process is not None:
            self._end()

    def processes(self) -> list[int]:
        """Every process of the tree that is alive."""
        assert self._process is not None
        return [pid for pid, session, _ticks in _all_processes() if session == self._process.pid]

    def cpu(self) -> float:
        """Seconds of work, user and system, of the whole tree since it started."""
        assert self._process is not None
        return sum(ticks for _pid, session, ticks in _all_processes() if session == self._process.pid) / TICKS

    def _end(self) -> None:
        assert self._process is not None
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of them ended by themselves
        self._process.wait(PATIENCE_SECONDS)
        while self.processes():
            time.sleep(0.005)
        self._process = None

    def _status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _all_processes() -> list[tuple[int, int, int]]:
    """(process, session, ticks of work with those of its ended children) of everything that runs."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if fields[0] not in ("Z", "X"):
            found.append((int(place.name), int(fields[3]), sum(int(ticks) for ticks in fields[11:15])))
    return found
