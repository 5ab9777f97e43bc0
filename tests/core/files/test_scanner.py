"""The virus scanner: what it says is obeyed, and a file waits while it is away."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from app.core.files import scanner

Scanner = Callable[[bytes], str]


def stream(line: socket.socket) -> bytes:
    """What was sent, piece by piece, after the command."""
    with line.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\x00"
        content = b""
        while length := struct.unpack("!I", sent.read(4))[0]:
            content += sent.read(length)
        return content


@pytest.fixture
def scanner_that_says() -> Iterator[Scanner]:
    """Gives the address of a scanner with this one answer; it counts what it read into the answer's `%d`."""
    listeners, threads = [], []

    def open_one(answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            line, _from = listener.accept()
            with line:
                read = len(stream(line))
                line.sendall(answer % read if b"%d" in answer else answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        listeners.append(listener)
        threads.append(thread)
        return f"tcp://127.0.0.1:{listener.getsockname()[1]}"

    yield open_one
    for thread in threads:
        thread.join(5)
    for listener in listeners:
        listener.close()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\x00", ""),
        (b"stream: Eicar-Test-Signature FOUND\x00", "infected"),
        (b"INSTREAM size limit exceeded. ERROR\x00", "unchecked"),
        (b"stream: OK after %d\x00", "unchecked"),
        (b"", "unchecked"),
    ],
)
def test_what_the_scanner_says_is_obeyed(scanner_that_says: Scanner, answer: bytes, verdict: str) -> None:
    assert scanner.verdict(b"x" * 200_000, url=scanner_that_says(answer)) == verdict


def test_without_a_scanner_nothing_is_asked() -> None:
    assert scanner.verdict(b"x", url="") == ""


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:/nowhere/at/all"])
def test_a_file_waits_while_the_scanner_is_away(url: str) -> None:
    assert scanner.verdict(b"x", url=url, timeout=0.5) == "unchecked"


def test_a_scanner_that_says_nothing_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"tcp://127.0.0.1:{listener.getsockname()[1]}"

        assert scanner.verdict(b"x", url=url, timeout=0.2) == "unchecked"
