"""Run file checks in a separate process with little memory and time.

One helper process starts once and waits. For each file it forks a child, which sets its own limits, reads the file from
its socket, answers and exits. A child that dies or exceeds a limit gives no answer: the file is refused.
"""

import atexit
import contextlib
import gc
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from app.core.logs import log

PROCESSOR_SECONDS = 5  # the limit on work: the kernel kills a child that computes for longer
# Wall-clock time is wider than the limit on work: on a busy machine a child at low priority gets half a processor or
# less, and an honest file would be refused for the load of others. A child that waits costs nobody a processor.
CLOCK_SECONDS = 20
MEMORY = 256_000_000  # bytes on top of what the program itself takes
AT_ONCE = 2  # per web process; the children also run at a lower priority than web threads
WAITING = 8  # waiting requests per web process
TURN_SECONDS = 10.0
NICENESS = 19
STARTED_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[3]
READY = b"r"

Verdict = dict[str, Any]
Check = Callable[[bytes, frozenset[str]], tuple[Verdict, bytes]]


class Died(Exception):
    """The child ended without an answer: it exceeded a limit, or the file crashed it."""


class Busy(Exception):
    """Too many files are being checked; retry later."""


class _Helper:
    """The connection to the helper process, started by this process or inherited."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(AT_ONCE)
        self._waiting = threading.Semaphore(AT_ONCE + WAITING)

    def fork(self, check: Check) -> None:
        """Start the helper by forking this process, which must have no other thread: its memory is shared."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if os.fork() == 0:
            ours.close()
            serve(theirs, check)
        theirs.close()
        self._control = ours

    def close(self) -> None:
        """Stop the helper."""
        if self._control is not None:
            self._control.close()
            self._control = None

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a free place among the running checks. Raises Busy."""
        if not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._turns.acquire(timeout=TURN_SECONDS):
                raise Busy
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._waiting.release()

    def line(self) -> socket.socket:
        """A connection to a new child; restarts a helper that died. Raises Busy."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, self._lock:
            for attempt in (1, 2):
                try:
                    if self._control is None:
                        self._control = _spawn()
                    socket.send_fds(self._control, [b"f"], [theirs.fileno()])
                except OSError as reason:
                    log.warning("file checker", attempt=attempt, error=str(reason))
                    self.close()
                else:
                    return ours
        ours.close()
        raise Busy


helper = _Helper()


def checked(content: bytes, kinds: frozenset[str]) -> tuple[Verdict, bytes]:
    """The child's answer about this content, and a re-encoded picture. Raises Died or Busy."""
    with helper.turn(), helper.line() as line:
        line.settimeout(CLOCK_SECONDS + 2)
        try:
            _send(line, {"kinds": sorted(kinds)}, content)
            return _receive(line)
        except (OSError, EOFError) as reason:
            log.warning("file check died", reason=type(reason).__name__, size=len(content))
            raise Died from None


def serve(control: socket.socket, check: Check) -> NoReturn:
    """The helper's loop: one child per file, until every client has closed."""
    # Ctrl-C reaches the whole process group: the helper ends with its last client
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(one, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps the children
    gc.freeze()
    while True:
        try:
            answer, handles, _flags, _from = socket.recv_fds(control, 1, 1)
        except OSError:
            os._exit(0)
        if not answer:
            os._exit(0)
        if os.fork() == 0:
            control.close()
            _work(socket.socket(fileno=handles[0]), check)
        for handle in handles:
            os.close(handle)


def _work(line: socket.socket, check: Check) -> NoReturn:
    """The child: set limits, then check one file."""
    status = 1
    try:
        _limit()
        asked, content = _receive(line)
        _send(line, *check(content, frozenset(asked["kinds"])))
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    """Limit time and memory, forbid files, core dumps and output; the kernel kills a child that exceeds them."""
    with Path(os.devnull).open("wb") as nowhere:
        for handle in (1, 2):  # they may be files, where a warning would exceed the file size limit
            os.dup2(nowhere.fileno(), handle)
    signal.alarm(CLOCK_SECONDS)
    os.nice(NICENESS)
    limits = [
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, _own_memory() + MEMORY),
    ]
    for which, most in limits:
        with contextlib.suppress(ValueError, OSError):  # not supported on this system; the other limits still apply
            resource.setrlimit(which, (most, most))


def _own_memory() -> int:
    """The address space that the program uses before it reads the file."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _spawn() -> socket.socket:
    """Start a helper that inherits nothing, where none was forked. Raises OSError."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    program = f"from app.core.files.check import helper_program; helper_program({theirs.fileno()})"
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", program], cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
    atexit.register(_end, process, ours)
    ours.settimeout(STARTED_SECONDS)
    if ours.recv(1) != READY:
        ours.close()
        raise OSError("the file checker does not start")
    ours.settimeout(None)
    return ours


def main(handle: int, check: Check) -> NoReturn:
    """The helper as a program: loads everything before the first file arrives."""
    control = socket.socket(fileno=handle)
    control.send(READY)
    serve(control, check)


def _end(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STARTED_SECONDS)


def _send(line: socket.socket, answer: Verdict, content: bytes) -> None:
    head = json.dumps(answer | {"size": len(content)}).encode()
    line.sendall(len(head).to_bytes(4) + head)
    line.sendall(content)


def _receive(line: socket.socket) -> tuple[Verdict, bytes]:
    answer = json.loads(_exactly(line, int.from_bytes(_exactly(line, 4))))
    return answer, _exactly(line, answer["size"])


def _exactly(line: socket.socket, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = line.recv(min(size - len(content), 1_048_576))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
