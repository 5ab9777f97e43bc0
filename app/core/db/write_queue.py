"""One writer after the other, in the order in which they came: SQLite's own wait is a lottery.

Whoever finds SQLite's write lock taken sleeps, up to 100 ms at a time, and looks again; whoever comes by at the right
moment goes first. Of 200 hand-ins by 32 people at once 7 lost that lottery for 5 s and were refused. So the writers of
all processes stand in one queue first, that of a file lock: the kernel keeps it in order, a killed process leaves it.
"""

import fcntl
import os
import threading
from concurrent.futures import Future


def acquire(place: str, seconds: float) -> int | None:
    """Stand in the queue for this long at most; what to give back afterwards, or None when the turn did not come.

    None too where no file can be made: a disk that is full or cannot be written has its own words for that.
    """
    try:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _queue(handle, seconds)
    return handle


def release(handle: int) -> None:
    """Let the next one go."""
    os.close(handle)


def _queue(handle: int, seconds: float) -> int | None:
    """The kernel's queue knows no patience: a thread stands in it for us, and steps out when we have gone."""
    turn: Future[int] = Future()

    def stand() -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if turn.set_running_or_notify_cancel():
            turn.set_result(handle)
        else:
            os.close(handle)

    threading.Thread(target=stand, daemon=True).start()
    try:
        return turn.result(seconds)
    except TimeoutError:
        return None if turn.cancel() else turn.result()  # it may come in this very instant
