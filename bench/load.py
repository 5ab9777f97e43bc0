"""Concurrent clients, each on its own connection, and what they experienced."""

import http.client
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.server import Server

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Request:
    """One prepared request; `expected`: the status of a good answer."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    expected: int = 200


@dataclass
class Seen:
    """Seconds per good answer, the failures, and the total time."""

    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers per second."""
        return len(self.times) / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of the whole server per good answer."""
        return self.cpu * 1000 / len(self.times)

    def ms(self, percent: int) -> float:
        """This percentile in milliseconds."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[percent - 1] * 1000

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(
            self.times + other.times, self.failures + other.failures, self.seconds + other.seconds, self.cpu + other.cpu
        )


class Connection:
    """A client's keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)

    def send(self, request: Request) -> http.client.HTTPResponse:
        """Send one request and read the whole answer into `answer.text`."""
        self._connection.request(request.method, request.path, request.body, request.headers)
        answer = self._connection.getresponse()
        answer.text = answer.read()  # type: ignore[attr-defined]
        return answer

    def close(self) -> None:
        self._connection.close()


def side_by_side(clients: int, work: Callable[[int], None]) -> float:
    """Run this many clients at once, `work(number)` each; returns the seconds until the last one finished."""
    ready = threading.Barrier(clients + 1)

    def run(number: int) -> None:
        ready.wait()
        work(number)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.monotonic()
    for thread in threads:
        thread.join()
    return time.monotonic() - begun


def send_all(server: Server, requests: Iterable[Request], *, clients: int) -> Seen:
    """Let the clients send these requests, each taking the next one after its answer."""
    waiting, seen = deque(requests), Seen()

    def client(_number: int) -> None:
        connection = Connection(server.port)
        while True:
            try:
                request = waiting.popleft()
            except IndexError:
                break
            begun = time.perf_counter()
            try:
                status = connection.send(request).status
            except (OSError, http.client.HTTPException) as reason:
                seen.failures.append(type(reason).__name__)
                connection.close()
                continue
            if status == request.expected:
                seen.times.append(time.perf_counter() - begun)
            else:
                seen.failures.append(f"{status} at {request.path}")
        connection.close()

    before = server.cpu()
    seen.seconds = side_by_side(clients, client)
    seen.cpu = server.cpu() - before
    return seen
