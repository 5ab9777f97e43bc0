"""kill -9 amid concurrent hand-ins: acknowledged but lost, doubled, broken; how soon it is up again."""

import random
from collections.abc import Iterator

from bench.bench import DATABASES, Bench
from bench.figures import Figure
from bench.killing import Verdict, pull_the_plug
from bench.stock import drafts

SEED, ROUNDS, PEOPLE, RECEIPTS = 19, 10, 16, 104
EVERY = 3  # in each third round PostgreSQL is killed too
UP_AGAIN_SECONDS = 3


def measure(bench: Bench) -> Iterator[Figure]:
    """Row 19 of QUALITY.md: 20 rounds and 2,000 receipts over both databases."""
    for database in DATABASES:
        verdict = _rounds(bench, database)
        name = f"kill -9 {ROUNDS} times on {database}"
        yield Figure("Q19", f"{name}: receipts", verdict.receipts, least=1000)
        yield Figure("Q19", f"{name}: acknowledged but lost", len(verdict.lost), most=0, beside=_first(verdict.lost))
        yield Figure("Q19", f"{name}: doubled", len(verdict.doubled), most=0, beside=_first(verdict.doubled))
        yield Figure("Q19", f"{name}: broken", len(verdict.broken), most=0, beside=_first(verdict.broken))
        yield Figure(
            "Q19",
            f"{name}: up again, slowest",
            max(verdict.seconds),
            "s",
            most=UP_AGAIN_SECONDS,
            beside=f"fastest {min(verdict.seconds):.2f} s",
        )


def _rounds(bench: Bench, database: str) -> Verdict:
    site, verdict, chance = bench.new_site(database, f"killed_{database}"), Verdict(), random.Random(SEED)
    waiting = drafts(site, ROUNDS * RECEIPTS * 2)
    bench.run(site.server)
    for number in range(1, ROUNDS + 1):
        also = None
        if database == "postgresql" and number % EVERY == 0:

            def also() -> None:
                site.close()
                bench.postgres.kill()
                bench.postgres.start_again()

        pull_the_plug(site, waiting, verdict, chance=chance, people=PEOPLE, receipts=RECEIPTS, also=also)
    site.server.kill()
    return verdict


def _first(found: list[str]) -> str:
    return found[0] if found else ""
