"""Several deeds begun at the same moment, each in a thread of its own."""

import threading
from collections.abc import Callable
from typing import Any


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each of these gives; a failure fails the test."""
    ready, found = threading.Barrier(len(actions)), list[Any]([None] * len(actions))

    def run(number: int, action: Callable[[], Any]) -> None:
        ready.wait()
        try:
            found[number] = action()
        except BaseException as failure:  # noqa: BLE001 - raised below
            found[number] = failure

    threads = [threading.Thread(target=run, args=one) for one in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return found
