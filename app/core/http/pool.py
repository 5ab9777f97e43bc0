"""Thread pool for requests: first in, first out; newest first during a burst.

A client that sent hundreds of requests at once then waits for them; a visitor who arrives later does not.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

LONGEST_WAIT = 0.25  # seconds; a longer queue is a burst


class Pool:
    """At most this many threads, started on demand."""

    def __init__(self, most: int, *, longest_wait: float = LONGEST_WAIT) -> None:
        self._most, self._longest_wait = most, longest_wait
        self._threads = self._idle = 0
        self._waiting: deque[tuple[float, Callable[[], None]]] = deque()
        self._changed = threading.Condition()

    def submit(self, job: Callable[[], None]) -> None:
        """Run this job when a thread is free; it must not raise."""
        with self._changed:
            self._waiting.append((time.monotonic(), job))
            if self._idle >= len(self._waiting) or self._threads >= self._most:
                self._changed.notify()
                return
            self._threads += 1
            name = f"request-{self._threads}"
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._idle += 1
                while not self._waiting:
                    self._changed.wait()
                self._idle -= 1
                job = self._next()
            job()

    def _next(self) -> Callable[[], None]:
        since, oldest = self._waiting[0]
        if time.monotonic() - since <= self._longest_wait:
            self._waiting.popleft()
            return oldest
        return self._waiting.pop()[1]
