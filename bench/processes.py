"""What runs on this machine, out of /proc: who belongs to whom, and how much work it did."""

import os
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")
GONE = ("Z", "X")


class Process(NamedTuple):
    """One process; `cpu` is its work in seconds, user and system, with that of its ended children."""

    pid: int
    parent: int
    session: int
    cpu: float


def running() -> list[Process]:
    """Everything that is alive."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, _group, session, *rest = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if state not in GONE:
            found.append(Process(int(place.name), int(parent), int(session), sum(map(int, rest[7:11])) / TICKS))
    return found


def of_session(session: int) -> list[Process]:
    """A process that began a session, and all that came from it."""
    return [process for process in running() if process.session == session]


def children(parent: int) -> list[Process]:
    """What a process started and still has."""
    return [process for process in running() if process.parent == parent]
