"""Requests are answered in order; in a burst the newest comes first."""

import threading
from functools import partial

import pytest

from app.core.http.pool import Pool


@pytest.mark.parametrize(("longest_wait", "order"), [(3600.0, [1, 2, 3]), (0.0, [3, 2, 1])])
def test_order_depends_on_how_long_the_oldest_waits(longest_wait: float, order: list[int]) -> None:
    pool, done = Pool(1, longest_wait=longest_wait), list[int]()
    started, free, finished = threading.Event(), threading.Event(), threading.Barrier(2)

    def work(number: int) -> None:
        done.append(number)
        if len(done) == 3:
            finished.wait(10)

    def hold() -> None:
        started.set()
        free.wait(10)

    pool.submit(hold)
    started.wait(10)
    for number in (1, 2, 3):
        pool.submit(partial(work, number))
    free.set()
    finished.wait(10)

    assert done == order


def test_no_more_threads_than_allowed_run_at_once() -> None:
    pool, running, most = Pool(3), list[int](), list[int]()
    lock, finished = threading.Lock(), threading.Semaphore(0)

    def work() -> None:
        with lock:
            running.append(1)
            most.append(len(running))
        with lock:
            running.pop()
        finished.release()

    for _ in range(50):
        pool.submit(work)
    for _ in range(50):
        assert finished.acquire(timeout=10)

    assert len(most) == 50
    assert max(most) <= 3
