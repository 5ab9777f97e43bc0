"""A server as a process tree of its own: started as people start it, asked for its cost, stopped or killed."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from bench import processes
from config import ROOT

SITE = ("-m", "flask", "--app", "wsgi", "serve")  # what `make run` becomes
PATIENCE_SECONDS = 60.0
REST_SECONDS = 0.2


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
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while self._status(path) != http.HTTPStatus.OK:
            ended, waited = self._process.poll(), time.monotonic() - begun
            if ended is not None or waited > PATIENCE_SECONDS:
                self.kill()
                said = self._log.read_text()[-2000:]
                raise RuntimeError(f"the server does not start (code {ended} after {waited:.0f} s):\n{said}")
            time.sleep(0.01)
        return time.monotonic() - begun

    def terminate(self) -> None:
        """Ask it to end, as Ctrl-C or a service manager does."""
        if self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """Ask it to end, and see it gone."""
        self.terminate()
        if self._process is not None:
            self._process.wait(PATIENCE_SECONDS)
            self.kill()

    def kill(self) -> None:
        """The plug is pulled: every process of the tree at once, none can say goodbye."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # all of them ended by themselves
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE_SECONDS)
        while self.processes():
            time.sleep(0.002)
        self._process = None

    def processes(self) -> list[int]:
        """Every process of the tree that is alive."""
        return [process.pid for process in processes.of_session(self._process.pid)] if self._process else []

    def cpu(self) -> float:
        """Seconds of work of the whole tree since it started."""
        assert self._process is not None
        return sum(process.cpu for process in processes.of_session(self._process.pid))

    def rest(self) -> None:
        """Wait until it has nothing left to do: letters are sent after the answer."""
        for _ in range(100):
            before = self.cpu()
            time.sleep(REST_SECONDS)
            if self.cpu() - before < REST_SECONDS / 10:
                return

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
