"""A disk sync before each acknowledgement; whether SIGTERM cuts off an answer."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.bench import DATABASES, Bench
from bench.figures import Figure
from bench.killing import Crowd, Verdict, look
from bench.load import send_all
from bench.site import Site
from bench.stock import Draft, drafts

HAND_INS, PEOPLE = 20, 8
SYNC, ANSWER = re.compile(r"\b(fsync|fdatasync)\("), re.compile(r'"HTTP/1\.1 303')


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 20 of QUALITY.md."""
    for database in DATABASES:
        site = bench.new_site(database, f"synced_{database}")
        waiting = drafts(site, HAND_INS + 400)
        if shutil.which("strace"):
            fewest, seen = _syncs(bench, site, [waiting.pop() for _ in range(HAND_INS)])
            yield Figure(
                "Q20",
                f"disk syncs before each receipt on {database}, the fewest of {HAND_INS}",
                fewest,
                least=1,
                beside=f"{seen} receipts seen by strace",
            )
        bench.run(site.server)
        yield Figure("Q20", f"answers cut off by SIGTERM on {database}", _cut_off(site, waiting), most=0)


def _syncs(bench: Bench, site: Site, chosen: list[Draft]) -> tuple[int, int]:
    """(the fewest syncs since the answer before, answers), over hand-ins one after the other.

    Nothing else may sync meanwhile, or it would be counted: no worker sends letters, and PostgreSQL's own rounds are
    left out.
    """
    said, server = bench.folder / "strace", site.served_by(("-m", "bench.serve", "wsgi:app"))
    bench.run(server)
    every = server.processes() + ([] if site.is_sqlite else bench.postgres.writers())
    calls = "fsync,fdatasync,sendto,sendmsg,write,writev"
    tracer = subprocess.Popen(
        ["strace", "-f", "-q", "-s", "24", "-e", f"trace={calls}", "-o", said, *_each("-p", every)],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1)  # until it holds them all
    send_all(server, [draft.handing_in() for draft in chosen], clients=1)
    tracer.send_signal(signal.SIGINT)
    tracer.wait(20)
    server.stop()
    return _fewest(said)


def _fewest(said: Path) -> tuple[int, int]:
    between, syncs = [], 0
    for line in said.read_text(errors="replace").splitlines():
        if SYNC.search(line):
            syncs += 1
        elif ANSWER.search(line):
            between.append(syncs)
            syncs = 0
    return min(between, default=0), len(between)


def _each(option: str, pids: list[int]) -> list[str]:
    return [word for pid in pids for word in (option, str(pid))]


def _cut_off(site: Site, waiting: list[Draft]) -> int:
    """Hand-ins that came in and whose writer got no answer, because the server was asked to end meanwhile."""
    crowd = Crowd(site.server, waiting, people=PEOPLE)
    crowd.begin()
    crowd.wait_for(PEOPLE * 3)
    site.server.stop()
    crowd.join()
    verdict = Verdict()
    look(site, crowd.unsure, verdict)
    return len(crowd.unsure) - len(verdict.lost)
