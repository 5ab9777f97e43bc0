"""The file check in a process of its own, with little memory and little time.

One helper process is started once and waits. For each file it forks a child, which limits itself, reads the file from
its own socket, answers and ends. A child that dies or is killed by its limits answers nothing: the file is refused.
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

PROCESSOR_SECONDS = 5
CLOCK_SECONDS = 10  # a busy machine gives an honest file less than all of a processor
MEMORY = 256_000_000  # octets above what the program itself takes
AT_ONCE = 2  # of each web process; the children are also nicer than everybody who answers a visitor
WAITING = 8  # requests of each web process that wait for their turn
TURN_SECONDS = 10.0
NICENESS = 10
STARTED_SECONDS = 60.0
ROOT = Path(__file__).resolve().parents[3]
READY = b"r"

Verdict = dict[str, Any]
Check = Callable[[bytes, frozenset[str]], tuple[Verdict, bytes]]


class Died(Exception):
    """The child ended without an answer: it was over a limit, or the file broke it."""


class Busy(Exception):
    """So many files are being checked that this one has to come back."""


class _Helper:
    """The way to the helper process of this process, or to the one that it was born with."""

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
        """Let the helper end."""
        if self._control is not None:
            self._control.close()
            self._control = None

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until few enough files are being checked. Raises Busy."""
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
        """A connection with a child of the helper's; a helper that is gone is started anew. Raises Busy."""
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
    """What a child says about these octets, and the new octets of a picture. Raises Died or Busy."""
    with helper.turn(), helper.line() as line:
        line.settimeout(CLOCK_SECONDS + 2)
        try:
            _send(line, {"kinds": sorted(kinds)}, content)
            return _receive(line)
        except (OSError, EOFError) as reason:
            log.warning("file check died", reason=type(reason).__name__, size=len(content))
            raise Died from None


def serve(control: socket.socket, check: Check) -> NoReturn:
    """The helper's work: a child for each file, until nobody is left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the helper ends with its last asker
    for one in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(one, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
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
    """The child's work: limits first, then one file."""
    status = 1
    try:
        _limit()
        asked, content = _receive(line)
        _send(line, *check(content, frozenset(asked["kinds"])))
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    """No more than this much time and memory, no file, no core, no word; the kernel ends whoever goes beyond."""
    with Path(os.devnull).open("wb") as nowhere:
        for handle in (1, 2):  # they may be files, and a warning would be one octet too many
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
        with contextlib.suppress(ValueError, OSError):  # a system that does not know this limit has the others
            resource.setrlimit(which, (most, most))


def _own_memory() -> int:
    """Octets of address space that the program takes before it has seen the file."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def _spawn() -> socket.socket:
    """Start a helper with nothing inherited, where this process was not born with one. Raises OSError."""
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
    """The helper as a program: everything is loaded before the first file comes."""
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
