"""Bridge between granian's event loop and the WSGI application: no thread waits for a slow client.

The event loop reads a body into a buffer, within limits of size, pace and time; a thread runs the application; granian
sends the finished response from memory or a file. A slow client holds a connection and nothing else.
"""

import asyncio
import contextlib
import os
import re
import socket
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from io import BytesIO
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any
from wsgiref.types import WSGIApplication

from app.core.http.bodies import FORM
from app.core.http.pool import Pool
from app.core.logs import log
from app.core.sizes import LONGEST_TEXT, MAX_BODY

REFUSED = "coopcity.refused"  # in the environ: the status with which the application answers a body that was not read
BODILESS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LENGTH = re.compile(r"[0-9]{1,15}")
BODY_IN_MEMORY = 65_536
ANSWER_IN_MEMORY = 262_144
OPENED_WITHIN = 30.0  # seconds until granian has certainly opened the file of a large response
READER_PAUSE = 30_000  # milliseconds until the kernel drops a client that reads nothing
LINGER_BYTES, LINGER_SECONDS = 1_000_000, 2.0  # read and discarded, or a reset could overtake our refusal
BROKEN = (
    "<!doctype html><html lang=nl-BE><title>Coopcity</title><p>Er ging iets stuk."
    " <span lang=fr-BE>Une erreur s’est produite.</span>"
).encode()


@dataclass(frozen=True)
class Limits:
    """Limits on the size and duration of bodies."""

    announced: int = MAX_BODY  # bytes, with a Content-Length
    unannounced: int = 2_000_000  # chunked, which no browser sends: as much as a form without files
    buffered: int = 256_000_000  # all bodies that one process buffers
    pause: float = 10.0  # seconds without a byte
    grace: float = 15.0  # seconds before the pace counts
    pace: int = 4_000  # bytes a second, on average
    longest: float = 300.0
    texts: int = 250_000  # bytes a second that one process parses of forms without files: a text is far shorter
    uploads: int = 4_000_000  # the same for other bodies
    longest_wait: float = 30.0  # seconds for its turn

    def time_left(self, elapsed: float, received: int) -> float:
        """Seconds to wait for the next chunk; zero or less when the client was too slow."""
        allowed = min(self.grace + received / self.pace, self.longest)
        return min(self.pause, allowed - elapsed)


class Pace:
    """One long body after the other: parsing them takes a small share of the time, and others do not notice."""

    def __init__(self, rate: int) -> None:
        self._rate, self._free_at = rate, 0.0  # bytes a second; when the next one has its turn

    def delay(self, size: int, *, now: float, most: float) -> float | None:
        """Seconds until this body has its turn; None when that takes too long."""
        delay = max(0.0, self._free_at - now)
        if delay > most:
            return None
        self._free_at = now + delay + size / self._rate
        return delay


class Gateway:
    """An RSGI application that runs a WSGI application in threads."""

    def __init__(self, app: WSGIApplication, *, threads: int, port: int = 0, limits: Limits | None = None) -> None:
        self._app, self._port = app, port
        self._limits = limits or Limits()
        self._buffered, self._files = 0, set[IO[bytes]]()
        self._paces = {True: Pace(self._limits.texts), False: Pace(self._limits.uploads)}
        self._pool = Pool(threads)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called by granian before it listens."""
        loop.call_later(1, _give_up_dead_readers, self._port)

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Called by granian at its end."""
        self.close_files()

    def close_files(self) -> None:
        """Close the files of large responses now."""
        for one in [*self._files]:
            self._close(one)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        environ, loop = environ_of(scope), asyncio.get_running_loop()
        announced = "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ
        bodiless = scope.method in BODILESS
        body: IO[bytes] = BytesIO() if bodiless else SpooledTemporaryFile(BODY_IN_MEMORY)  # noqa: SIM115 - _run closes it
        length = environ.pop("CONTENT_LENGTH", None)
        if announced and not bodiless:
            status = await self._read(length, protocol, body) or await self._wait_for_turn(environ, body.tell())
            if status is not None:
                environ[REFUSED] = status
        buffered = body.tell()
        body.seek(0)
        if REFUSED in environ:
            body.truncate()
        environ["CONTENT_LENGTH"] = "0" if REFUSED in environ else str(buffered)
        environ["wsgi.input"] = body
        done = loop.create_future()
        self._pool.submit(partial(self._run, environ, protocol, loop, done))
        await done
        self._buffered -= buffered
        unread = announced if bodiless else REFUSED in environ
        if unread and environ.get(REFUSED) != HTTPStatus.REQUEST_TIMEOUT:  # granian may still hold its cancelled read
            await _linger(protocol)

    async def _read(self, given: str | None, protocol: Any, body: IO[bytes]) -> HTTPStatus | None:
        """Read the body; the status to refuse it with, or None when it is complete."""
        if given is not None and not LENGTH.fullmatch(given):
            return HTTPStatus.BAD_REQUEST
        length = None if given is None else int(given)
        most = self._limits.unannounced if length is None else self._limits.announced
        if length is not None and length > most:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        try:
            return await self._collect(protocol, body, length=length, most=most)
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        except OSError as reason:  # the disk is full
            log.error("body", error=str(reason))
            return HTTPStatus.SERVICE_UNAVAILABLE
        except Exception as reason:  # noqa: BLE001 - granian has its own errors for a connection that is gone
            log.warning("body", error=type(reason).__name__)
            return HTTPStatus.BAD_REQUEST

    async def _wait_for_turn(self, environ: dict[str, Any], size: int) -> HTTPStatus | None:
        """Let a long body wait for those before it; the status to refuse it with when they are too many."""
        if size <= LONGEST_TEXT:
            return None
        pace = self._paces[environ.get("CONTENT_TYPE", "").startswith(FORM)]
        delay = pace.delay(size, now=asyncio.get_running_loop().time(), most=self._limits.longest_wait)
        if delay is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        await asyncio.sleep(delay)
        return None

    async def _collect(self, protocol: Any, body: IO[bytes], *, length: int | None, most: int) -> HTTPStatus | None:
        loop, ends = asyncio.get_running_loop(), 0
        begun, pieces = loop.time(), protocol.__aiter__()
        while True:
            left = self._limits.time_left(loop.time() - begun, body.tell())
            if left <= 0:
                raise TimeoutError
            try:
                async with asyncio.timeout(left):
                    piece = await pieces.__anext__()
            except StopAsyncIteration:
                break
            ends += not piece  # granian yields one empty chunk at the end, and another one when the body was cut off
            if body.tell() + len(piece) > most:
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            if self._buffered + len(piece) > self._limits.buffered:
                return HTTPStatus.SERVICE_UNAVAILABLE
            body.write(piece)
            self._buffered += len(piece)
        whole = ends <= 1 and length in (None, body.tell())
        return None if whole else HTTPStatus.BAD_REQUEST

    def _run(
        self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop, done: asyncio.Future[None]
    ) -> None:
        """Run the application in this thread and pass its response to granian."""
        try:
            self._answer(environ, protocol, loop)
        except Exception as reason:  # noqa: BLE001 - the application has its own error page: this is the last resort
            log.error("gateway", exc_info=reason)
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
            protocol.response_bytes(500, headers, BROKEN)
        finally:
            environ["wsgi.input"].close()
            with contextlib.suppress(RuntimeError):  # the loop is closed: the process ends
                loop.call_soon_threadsafe(_finish, done)

    def _answer(self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            started[:] = [int(status.split(" ", 1)[0]), headers]
            return None

        result = self._app(environ, start_response)
        try:
            content = _gathered(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        status, headers = started
        if environ.get(REFUSED):
            headers = [*headers, ("Connection", "close")]
        if isinstance(content, bytes):
            protocol.response_bytes(status, headers, content)
            return
        protocol.response_file(status, headers, f"/dev/fd/{content.fileno()}")
        self._files.add(content)
        loop.call_soon_threadsafe(loop.call_later, OPENED_WITHIN, self._close, content)

    def _close(self, file: IO[bytes]) -> None:
        file.close()
        self._files.discard(file)


def environ_of(scope: Any) -> dict[str, Any]:
    """The WSGI environ, without the body."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode("utf-8", "replace").decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ["SERVER_NAME"], environ["SERVER_PORT"] = _host_and_port(scope.server)
    environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = _host_and_port(scope.client)
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # X_Forwarded_For would override X-Forwarded-For
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        between = ";" if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


def _host_and_port(address: str) -> tuple[str, str]:
    host, _colon, port = address.rpartition(":")
    return host.strip("[]"), port


def _gathered(pieces: Iterable[bytes]) -> bytes | IO[bytes]:
    """The whole response: in memory when small, otherwise in an unnamed file."""
    content, parts, size = None, list[bytes](), 0
    for piece in pieces:
        if content is None and size + len(piece) > ANSWER_IN_MEMORY:
            content = TemporaryFile()  # noqa: SIM115 - closed by the loop when granian has opened it
            content.writelines(parts)
        if content is None:
            parts.append(piece)
        else:
            content.write(piece)
        size += len(piece)
    if content is None:
        return b"".join(parts)
    content.flush()
    return content


async def _linger(protocol: Any) -> None:
    """Discard some of the rest of a refused body: closing at once would lose our response."""
    received = 0
    with contextlib.suppress(Exception):  # granian has its own errors for a body that is complete or cut off
        with contextlib.suppress(RuntimeError):  # reading has started already
            protocol.__aiter__()
        async with asyncio.timeout(LINGER_SECONDS):
            while received < LINGER_BYTES:
                received += len(await protocol.__anext__())


def _finish(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)


def _give_up_dead_readers(port: int) -> None:
    """Let the kernel close connections that read nothing for a while; accepted sockets inherit the option."""
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    folder = "/proc/self/fd"
    if option is None or not os.path.isdir(folder):  # noqa: PTH112 - a short look, on Linux alone
        return
    for name in os.listdir(folder):  # noqa: PTH208
        # No copy of another file may stay open: a lock on that file would be held for ever.
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                continue
            copy = os.dup(int(name))
            try:
                one = socket.socket(fileno=copy)
            except OSError:
                os.close(copy)
                continue
            with one:
                if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and one.getsockname()[1] == port:
                    one.setsockopt(socket.IPPROTO_TCP, option, READER_PAUSE)
