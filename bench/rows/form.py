"""One section of the form as its writer opens it."""

from collections.abc import Iterator
from functools import partial

from bench.bench import Bench
from bench.figures import Figure, in_rounds
from bench.load import Seen, send_all
from bench.stock import drafts

PRETALX_MS = 32  # pretalx's form
REQUESTS, CLIENTS = 100, 8


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 11."""
    site = bench.site("sqlite")
    draft = drafts(site, 1)[0]
    works = {
        section: partial(send_all, site.server, [draft.reading(f"/deel/{section}")] * REQUESTS, clients=CLIENTS)
        for section in (draft.sections[0], draft.sections[-1])
    }
    pretalx = PRETALX_MS * bench.slowness()
    for section, rounds in in_rounds(works).items():
        seen = sum(rounds, Seen())
        yield Figure(
            "11",
            f"form section “{section}” against pretalx's",
            seen.cpu_ms / pretalx,
            "x",
            most=1 / 8,
            beside=f"{seen.cpu_ms:.1f} CPU ms, {pretalx:.0f} CPU ms; {seen.ms(50):.0f} ms each",
        )
