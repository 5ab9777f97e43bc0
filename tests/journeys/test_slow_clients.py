"""The web server as we ship it, nothing in front: stalled bodies hold no thread, endless ones are refused early."""

import contextlib
import http.client
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.db.engine import THREADS
from bench.attackers import bytes_until_refused
from bench.server import Server

WORKERS = 2
READING = ("-m", "bench.serve", "bench.yardsticks:reading")
STALLED = (
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\n\r\nnaam="
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A program that reads every body, behind the server as we ship it."""
    log: Path = tmp_path_factory.mktemp("slow") / "log"
    made = Server({"WORKERS": str(WORKERS)}, log, READING)
    made.start("/")
    yield made
    made.stop()


def test_stalled_bodies_leave_a_thread_for_the_visitor(server: Server) -> None:
    with contextlib.ExitStack() as lines:
        for _ in range(2 * WORKERS * THREADS):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            line.sendall(STALLED)
        statuses = []
        for _ in range(8):  # some to each web process
            visitor = http.client.HTTPConnection("127.0.0.1", server.port, timeout=8)  # less than a stalled body lasts
            visitor.request("GET", "/")
            statuses.append(visitor.getresponse().status)
            visitor.close()

    assert statuses == [200] * 8


def test_chunked_body_without_end_is_refused_early(server: Server) -> None:
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"

    sent, answer = bytes_until_refused(server.port, head, most=24_000_000)

    assert answer.startswith(b"HTTP/1.1 ")
    assert sent < 12_000_000
