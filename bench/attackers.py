"""Attackers on the loopback interface and visitors beside them: four kinds of slow connections, endless bodies."""

import asyncio
import contextlib
import os
import socket
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

VISITOR_PAUSE, VISITOR_PATIENCE = 0.1, 5.0
DRIP_SECONDS = 2.0
VISITORS = 4
ARRIVAL = 0.02  # seconds between two attackers
PIECE = 65_536


@dataclass
class Visits:
    """What visitors experienced: seconds per answer, and how many timed out."""

    times: list[float] = field(default_factory=list)
    failures: int = 0

    @property
    def served(self) -> float:
        """The share of visitors that got an answer."""
        return len(self.times) / max(len(self.times) + self.failures, 1)

    @property
    def p95(self) -> float:
        """Seconds."""
        return (
            statistics.quantiles(self.times, n=20, method="inclusive")[18] if len(self.times) > 1 else VISITOR_PATIENCE
        )


def visits_beside(kind: str, port: int, path: str, *, attackers: int, seconds: float) -> Visits:
    """Hold this many slow connections of one kind for this long, while visitors open a page."""
    return asyncio.run(_beside(KINDS_OF_HOLDING[kind], port, path, attackers, seconds))


def hold(kind: str, port: int, *, attackers: int, seconds: float) -> None:
    """Hold this many slow connections of one kind for this long."""
    asyncio.run(_beside(KINDS_OF_HOLDING[kind], port, "/nl/", attackers, seconds, visitors=0))


def bytes_until_refused(port: int, head: bytes, *, most: int) -> tuple[int, bytes]:
    """Send a head and an endless body; (bytes sent until the answer came or the connection broke, first line)."""
    return asyncio.run(_endless(port, head, most))


async def _beside(
    hold: "Holding", port: int, path: str, attackers: int, seconds: float, visitors: int = VISITORS
) -> Visits:
    end, seen = time.monotonic() + seconds, Visits()
    held = [asyncio.create_task(_kept_up(hold, port, path, end, number * ARRIVAL)) for number in range(attackers)]
    await asyncio.gather(*[_visitor(port, path, end, seen) for _ in range(visitors)])
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    for one in held:
        one.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    return seen


async def _visitor(port: int, path: str, end: float, seen: Visits) -> None:
    while time.monotonic() < end:
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(VISITOR_PATIENCE):
                answer = await _page(port, path)
        except (OSError, TimeoutError):
            answer = b""
        if answer.startswith(b"HTTP/1.1 200"):
            seen.times.append(time.perf_counter() - begun)
        else:
            seen.failures += 1
        await asyncio.sleep(VISITOR_PAUSE)


async def _page(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        return await reader.read(-1)
    finally:
        writer.close()


async def _kept_up(hold: "Holding", port: int, path: str, end: float, arrival: float) -> None:
    """An attacker who reconnects as soon as the server closes the connection."""
    await asyncio.sleep(arrival)
    while time.monotonic() < end:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            line = socket.socket()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            line.setblocking(False)
            await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
            reader, writer = await asyncio.open_connection(sock=line, limit=1024)
            try:
                await hold(reader, writer, path)
            finally:
                writer.close()
        await asyncio.sleep(0.5)


async def _slow_headers(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode())
    while not writer.is_closing():
        writer.write(b"X-Slow: 1\r\n")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def _slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _path: str) -> None:
    writer.write(
        b"POST /nl/contact HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    while not writer.is_closing() and not reader.at_eof():
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def _slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> None:
    """Request a page and read it byte by byte."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    while await reader.read(1):
        await asyncio.sleep(DRIP_SECONDS)


async def _idle(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter, _path: str) -> None:
    await reader.read(1)


async def _endless(port: int, head: bytes, most: int) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head)
    answer = asyncio.create_task(reader.readline())
    sent, piece = 0, os.urandom(PIECE // 2).hex().encode()
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    with contextlib.suppress(OSError):
        while sent < most and not answer.done():
            writer.write(chunk)
            async with asyncio.timeout(VISITOR_PATIENCE):
                await writer.drain()
            await asyncio.sleep(0)
            sent += len(piece)
    first = b""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(VISITOR_PATIENCE):
            first = await answer
    writer.close()
    return sent, first.strip()


Holding = Callable[[asyncio.StreamReader, asyncio.StreamWriter, str], Awaitable[None]]
KINDS_OF_HOLDING: dict[str, Holding] = {
    "headers": _slow_headers,
    "bodies": _slow_body,
    "readers": _slow_reader,
    "idle": _idle,
}
