"""Where the time of a run went: processor seconds of each test, a table by folder, the memory of each worker.

Seconds of the clock say little on a machine that others use too: the table counts what the processor did for a test,
programs included that the test started and waited for. Chromium and PostgreSQL are counted by the clock only.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SLOW = 2.0  # processor seconds; a test that takes more says why: @pytest.mark.slow("reason")
SHOWN = 15


def spent() -> float:
    """Processor seconds of this process and of the programs that it started and waited for."""
    return sum(os.times()[:4])


def memory() -> int:
    """What this process holds in memory now, in MB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


_aside = 0.0


@contextmanager
def aside() -> Iterator[None]:
    """What this takes is no test's fault: an application that the first test brings about for all others."""
    global _aside
    begun = spent()
    yield
    _aside += spent() - begun


class Timing:
    """Measures where tests run; adds up where reports arrive."""

    def __init__(self) -> None:
        self.last, self.first_memory = spent() - _aside, 0
        self.processor: Counter[str] = Counter()
        self.clock: Counter[str] = Counter()
        self.marked: set[str] = set()
        self.workers: dict[str, tuple[int, int]] = {}

    def pytest_runtest_logstart(self) -> None:
        """What happened between two tests belongs to neither."""
        self.last = spent() - _aside
        self.first_memory = self.first_memory or memory()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Any:
        """Write beside each phase what it cost."""
        report = yield
        now = spent() - _aside
        report.processor, self.last = now - self.last, now
        report.is_slow = item.get_closest_marker("slow") is not None
        return report

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One phase of one test, on this process or a worker's."""
        self.processor[report.nodeid] += report.processor
        self.clock[report.nodeid] += report.duration
        if report.is_slow:
            self.marked.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker tells its memory to the process that prints."""
        held = (self.first_memory, memory())
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["memory"] = held
        elif self.first_memory:
            self.workers["this process"] = held

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker ended."""
        if getattr(node, "workeroutput", None):
            self.workers[node.gateway.id] = tuple(node.workeroutput["memory"])

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The table, after runs that are more than a try."""
        if len(self.processor) > SHOWN:
            terminalreporter.section("where the time went")
            for line in self.table():
                terminalreporter.write_line(line)
        for line in self.unmarked():
            terminalreporter.write_line(line, yellow=True)

    def table(self) -> list[str]:
        """By folder: tests, processor seconds, seconds of the clock; then the slowest tests and the workers' memory."""
        folders = Counter({folder_of(name): 0.0 for name in self.processor})
        for name, seconds in self.processor.items():
            folders[folder_of(name)] += seconds
        count = Counter(folder_of(name) for name in self.processor)
        clock: Counter[str] = Counter()
        for name, seconds in self.clock.items():
            clock[folder_of(name)] += seconds
        rows = [*((folder, count[folder], seconds, clock[folder]) for folder, seconds in folders.most_common())]
        rows.append(("all", count.total(), sum(folders.values()), sum(clock.values())))
        lines = [f"{'folder':<24}{'tests':>7}{'processor s':>13}{'clock s':>10}{'ms a test':>11}"]
        lines += [f"{name:<24}{n:>7}{cpu:>13.1f}{wall:>10.1f}{1000 * cpu / n:>11.0f}" for name, n, cpu, wall in rows]
        lines += ["", "the slowest tests, in processor seconds"]
        lines += [f"{seconds:7.1f}  {name}" for name, seconds in self.processor.most_common(SHOWN)]
        lines += [
            f"memory of {name}: {a} MB at its first test, {b} MB at its end" for name, (a, b) in self.workers.items()
        ]
        return lines

    def _held(self) -> list[tuple[str, tuple[int, int]]]:
        return sorted(self.workers.items())

    def unmarked(self) -> list[str]:
        """Tests that take long and do not say why."""
        return [
            f'over {SLOW:.0f} s without @pytest.mark.slow("reason"): {name} ({seconds:.1f} s)'
            for name, seconds in self.processor.most_common()
            if seconds > SLOW and name not in self.marked
        ]


def folder_of(nodeid: str) -> str:
    """tests/mail/test_links.py::… → mail"""
    parts = nodeid.partition("::")[0].split("/")
    return parts[1] if len(parts) > 2 else parts[0]
