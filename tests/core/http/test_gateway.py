"""Slow, endless and broken bodies are refused without a thread; answers are sent from a buffer."""

import asyncio
import fcntl
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.core.db import write_queue
from app.core.http import gateway
from app.core.http.gateway import ANSWER_IN_MEMORY, REFUSED, Gateway, Limits, Pace
from app.core.sizes import LONGEST_TEXT

QUICK = Limits(announced=1000, unannounced=500, buffered=2000, pause=0.05, grace=0.2, pace=1000, longest=1.0)
STALL = b"stall"
OPEN_FILES = Path("/proc/self/fd")


class Headers:
    """The headers of a request, as granian shows them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def items(self) -> list[tuple[str, str]]:
        """Every header, repeated ones too."""
        return self.pairs


@dataclass
class Scope:
    """A request without its body, as granian shows it."""

    headers: Headers
    method: str = "POST"
    path: str = "/nl/contact"
    query_string: str = "a=1"
    http_version: str = "1.1"
    scheme: str = "http"
    server: str = "127.0.0.1:8000"
    client: str = "[2001:db8::1]:5678"
    authority: str | None = None


@dataclass
class Protocol:
    """A body that comes in pieces, and the answer."""

    pieces: list[bytes]
    ends: int = 1
    answers: list[Any] = field(default_factory=list)
    asked: int = 0

    def __aiter__(self) -> "Protocol":
        self.waiting: Iterator[bytes] = iter([*self.pieces, *[b""] * self.ends])
        return self

    async def __anext__(self) -> bytes:
        self.asked += 1
        try:
            piece = next(self.waiting)
        except StopIteration:
            raise StopAsyncIteration from None
        if piece == STALL:
            await asyncio.sleep(3600)
        await asyncio.sleep(0.01)
        return piece

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Keep the answer."""
        self.answers.append((status, dict(headers), body))

    def response_file(self, status: int, headers: list[tuple[str, str]], place: str) -> None:
        """Keep the answer, read from its file as granian reads it."""
        self.answers.append((status, dict(headers), Path(place).read_bytes()))


class Asked(Gateway):
    """A gateway over an application that repeats what it was sent."""

    def __init__(self, limits: Limits = QUICK, answer: bytes | None = None) -> None:
        self.environs: list[dict[str, Any]] = []
        self.answer = answer
        super().__init__(self.application, threads=1, limits=limits)

    def application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Answer with the body, or with the refusal that the gateway asked for."""
        self.environs.append(environ)
        start_response(f"{int(environ.get(REFUSED, 200))} said", [("Content-Type", "text/plain")])
        return [environ["wsgi.input"].read() if self.answer is None else self.answer]


def send(gateway: Gateway, pieces: list[bytes], *, ends: int = 1, method: str = "POST", **headers: str) -> Protocol:
    """Send one request through the gateway."""
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    protocol = Protocol(pieces, ends)
    asyncio.run(gateway.__rsgi__(Scope(Headers(pairs), method), protocol))
    return protocol


def test_whole_body_reaches_the_application() -> None:
    gateway = Asked()

    protocol = send(gateway, [b"naam=", b"Zo\xc3\xab"], content_length="9", content_type="text/plain")

    assert protocol.answers == [(200, {"Content-Type": "text/plain"}, b"naam=Zo\xc3\xab")]
    assert gateway.environs[0]["CONTENT_LENGTH"] == "9"
    assert gateway.environs[0]["CONTENT_TYPE"] == "text/plain"


@pytest.mark.parametrize(
    ("pieces", "ends", "length", "status"),
    [
        ([b"a" * 10, STALL], 1, "100", 408),  # nothing comes any more
        ([b"a"] * 200, 1, "200", 408),  # an octet now and then
        ([b"a" * 100] * 6, 1, None, 413),  # a chunked body without end
        ([b"a" * 100], 1, "1001", 413),  # announced as too large
        ([b"a" * 100], 1, "200", 400),  # less than was announced
        ([b"a" * 100], 2, None, 400),  # a chunked body that broke off
        ([b"a"], 1, "-1", 400),
    ],
)
def test_bad_body_is_refused_by_the_application_itself(
    pieces: list[bytes], ends: int, length: str | None, status: int
) -> None:
    gateway = Asked()
    announced = {"transfer_encoding": "chunked"} if length is None else {"content_length": length}

    protocol = send(gateway, pieces, ends=ends, **announced)

    assert protocol.answers == [(status, {"Content-Type": "text/plain", "Connection": "close"}, b"")]


def test_oversized_body_is_refused_before_it_is_read() -> None:
    gateway = Asked()
    protocol = Protocol([b"a" * 100] * 20)
    seen: list[int] = []
    gateway.answer = b"no"
    protocol.response_bytes = lambda *_answer: seen.append(protocol.asked)  # type: ignore[method-assign]

    asyncio.run(gateway.__rsgi__(Scope(Headers([("content-length", "2000")])), protocol))

    assert seen == [0]


def test_bodies_of_one_process_have_a_bound_together() -> None:
    gateway = Asked(Limits(buffered=150))

    async def both() -> list[Protocol]:
        protocols = [Protocol([b"a" * 100]), Protocol([b"b" * 100])]
        scope = Scope(Headers([("content-length", "100")]))
        await asyncio.gather(*[gateway.__rsgi__(scope, protocol) for protocol in protocols])
        return protocols

    statuses = [protocol.answers[0][0] for protocol in asyncio.run(both())]
    afterwards = send(gateway, [b"c" * 100], content_length="100")

    assert sorted(statuses) == [200, 503]
    assert afterwards.answers[0][0] == 200


def test_long_bodies_have_their_turn_one_after_the_other() -> None:
    pace = Pace(100)

    delays = [pace.delay(1000, now=now, most=30.0) for now in (5.0, 6.0, 7.0, 8.0, 9.0, 60.0)]

    assert delays == [0.0, 9.0, 18.0, 27.0, None, 0.0]  # seconds; who would wait for 36 is refused and costs nothing


@pytest.mark.parametrize(
    ("size", "media_type", "second"),
    [
        (LONGEST_TEXT + 1, "application/x-www-form-urlencoded; charset=utf-8", 503),
        (LONGEST_TEXT + 1, "multipart/form-data; boundary=x", 200),
        (LONGEST_TEXT, "application/x-www-form-urlencoded", 200),
    ],
)
def test_only_a_text_longer_than_any_answer_waits(size: int, media_type: str, second: int) -> None:
    gateway = Asked(Limits(texts=100, uploads=10**12, longest_wait=0.0))
    headers = {"content-length": str(size), "content-type": media_type}

    asked = [send(gateway, [b"x" * size], **headers) for _ in range(2)]

    assert [REFUSED in environ for environ in gateway.environs] == [False, second == 503]
    assert [len(one.answers[0][2]) for one in asked] == [size, size if second == 200 else 0]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_body_of_a_reading_request_is_not_waited_for(method: str) -> None:
    gateway = Asked()

    protocol = send(gateway, [b"abc"], method=method, content_length="3")

    assert protocol.answers == [(200, {"Content-Type": "text/plain"}, b"")]


def test_large_answer_is_sent_from_a_file() -> None:
    content = b"x" * (ANSWER_IN_MEMORY + 1)
    gateway = Asked(answer=content)

    protocol = send(gateway, [], method="GET")

    assert protocol.answers == [(200, {"Content-Type": "text/plain"}, content)]
    gateway.close_files()


def test_environ_holds_address_and_headers_but_no_disguised_ones() -> None:
    gateway = Asked()
    scope = Scope(
        Headers(
            [("host", "a"), ("cookie", "a=1"), ("cookie", "b=2"), ("x_forwarded_for", "6.6.6.6"), ("accept", "*/*")]
        ),
        method="GET",
        path="/nl/\u00e9",
    )

    asyncio.run(gateway.__rsgi__(scope, Protocol([])))

    (environ,) = gateway.environs
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/nl/\u00e9"
    assert (environ["REMOTE_ADDR"], environ["HTTP_COOKIE"], environ["HTTP_HOST"]) == ("2001:db8::1", "a=1;b=2", "a")
    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_application_that_breaks_is_answered_all_the_same() -> None:
    def broken(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise ValueError

    protocol = send(Gateway(broken, threads=1), [], method="GET")

    assert protocol.answers[0][0] == 500


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="a setting of Linux")
def test_the_look_for_our_socket_keeps_no_copy_of_the_lock_of_writers(tmp_path: Path) -> None:
    """A second after the start it copied each open file: a writer who had the lock then kept it for ever."""
    with socket.create_server(("127.0.0.1", 0)) as ours:
        turn = write_queue.acquire(str(tmp_path / "turn"), 1.0)
        assert turn is not None
        before = len([*OPEN_FILES.iterdir()])

        gateway._give_up_dead_readers(ours.getsockname()[1])

        write_queue.release(turn)
        assert len([*OPEN_FILES.iterdir()]) == before - 1
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == gateway.READER_PAUSE
    with (tmp_path / "turn").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
