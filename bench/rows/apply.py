"""A complete application, every step with session and CSRF, by 1, 8 and 32 people at once."""

import itertools
import time
from collections import deque
from collections.abc import Iterator
from functools import partial

from app.questionnaires.queries import latest_version
from app.questionnaires.rules.definition import Definition
from bench.applicant import Applicant, Refused
from bench.bench import DATABASES, Bench
from bench.figures import Figure, in_rounds, median
from bench.load import Seen, side_by_side
from bench.site import Site

PEOPLE = {1: 2, 8: 16, 32: 32}  # how many apply each round
ROUNDS = 2
PRETALX = {1: 4.4, 8: 2.8, 32: 1.5}  # complete proposals a second, on its default database
START = "/nl/kandidatuur/seeds"

_numbers = itertools.count(1_000_000)


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 12."""
    for database in DATABASES:
        site = bench.site(database)
        definition = _definition(site)
        found = in_rounds(
            {str(people): partial(_apply, site, definition, people, count) for people, count in PEOPLE.items()}, ROUNDS
        )
        slowness = bench.slowness()
        for people in PEOPLE:
            pretalx = PRETALX[people] / slowness
            rounds = found[str(people)]
            together = sum(rounds, Seen())
            sent, rate = len(together.times) + len(together.failures), median([seen.rate for seen in rounds])
            who = f"{database}, complete application, {people} at once"
            yield Figure(
                "12",
                f"{who}: failures of {sent}",
                len(together.failures),
                most=0,
                beside="; ".join(together.failures[:1]),
            )
            yield Figure(
                "12",
                f"{who}: against pretalx",
                rate / pretalx,
                "x",
                least=20,
                beside=f"{rate:.2f}/s of {requests_of(definition)} requests, {together.cpu_ms:.0f} CPU ms;"
                f" {pretalx:.2f}/s",
            )


def requests_of(definition: Definition) -> int:
    """How many requests one application takes: each section and the start, the list, the check and the receipt."""
    return 2 * len(definition.sections) + 6


def _apply(site: Site, definition: Definition, people: int, count: int) -> Seen:
    waiting = deque(next(_numbers) for _ in range(count))
    seen = Seen()

    def work(_number: int) -> None:
        while True:
            try:
                number = waiting.popleft()
            except IndexError:
                return
            begun = time.perf_counter()
            try:
                Applicant(site.server, number, definition, START).apply()
            except Refused as reason:
                seen.failures.append(str(reason))
            else:
                seen.times.append(time.perf_counter() - begun)

    before = site.server.cpu()
    seen.seconds = side_by_side(people, work)
    seen.cpu = site.server.cpu() - before
    site.server.rest()
    return seen


def _definition(site: Site) -> Definition:
    with site.app.app_context():
        version = latest_version("application")
        assert version is not None
        return Definition.read(version.definition)
