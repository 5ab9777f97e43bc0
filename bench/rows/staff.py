"""The staff list with 100,000 applications against 1,000: filtered, deep, searched."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from app.core import clock
from bench.bench import Bench
from bench.figures import Figure, in_rounds
from bench.load import Request, Seen, send_all
from bench.stock import handed_in, staff

SMALL, LARGE = 1_000, 100_000
LIST, FILTER = "/nl/team/kandidaturen", "?state=submitted&language=nl"
REQUESTS, CLIENTS = 24, 4


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 8."""
    sites = {count: bench.new_site("sqlite", f"list_{count}") for count in (SMALL, LARGE)}
    deep = (clock.now() - timedelta(minutes=LARGE * 0.9)).isoformat()
    pages = {
        "small filtered": (SMALL, FILTER),
        "large filtered": (LARGE, FILTER),
        "first": (LARGE, ""),
        "deep": (LARGE, f"?after={deep.replace('+', '%2B')}_{LARGE}"),
        "searched": (LARGE, "?q=Project%2099"),
    }
    works = {}
    cookies = {}
    for count, site in sites.items():
        handed_in(site, count)
        cookies[count] = staff(site)
        bench.run(site.server)
    for name, (count, query) in pages.items():
        requests = [Request("GET", LIST + query, cookies[count])] * REQUESTS
        works[name] = partial(send_all, sites[count].server, requests, clients=CLIENTS)
    found = {name: sum(rounds, Seen()) for name, rounds in in_rounds(works).items()}
    for site in sites.values():
        site.server.stop()
    yield Figure("8", "staff list: failures", sum(len(seen.failures) for seen in found.values()), most=0)
    yield _ratio(
        "staff list with filter, 100,000 against 1,000", found["large filtered"], found["small filtered"], 1.25
    )
    yield _ratio("staff list of 100,000, 90 % deep against first page", found["deep"], found["first"], 1.3)
    yield _ratio("staff list of 100,000, search against all", found["searched"], found["first"], 2)


def _ratio(what: str, one: Seen, other: Seen, most: float) -> Figure:
    return Figure(
        "8",
        what,
        one.cpu_ms / other.cpu_ms,
        "x",
        most=most,
        beside=f"{one.cpu_ms:.1f} CPU ms, {other.cpu_ms:.1f} CPU ms",
    )
