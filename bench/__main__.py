"""`make bench`: every row, or those that ARGS names; a figure that misses its goal is printed as a miss.

usage: make bench [ARGS="submit kill"]
"""

import importlib
import os
import pkgutil
import shlex
import sys
import time

from bench import rows
from bench.bench import Bench
from bench.figures import table


def main() -> None:
    """Measure row after row and print the table."""
    every = sorted(module.name for module in pkgutil.iter_modules(rows.__path__))
    chosen = sys.argv[1:] or shlex.split(os.environ.get("ARGS", "")) or every
    if not set(chosen) <= set(every):
        sys.exit(f"{__doc__}\nThere is: {' '.join(every)}")
    figures, broken, begun = [], list[str](), time.monotonic()
    with Bench() as bench:
        print(f"{bench.machine()}\n", flush=True)
        for name in chosen:
            module = importlib.import_module(f"bench.rows.{name}")
            print(f"{name:8} {str(module.__doc__).splitlines()[0]} ", end="", flush=True)
            since = time.monotonic()
            try:
                figures.extend(module.measure(bench))
            except Exception as reason:  # noqa: BLE001 - the other rows are measured all the same
                broken.append(f"{name} broke off: {type(reason).__name__}: {reason}")
            print(f"({time.monotonic() - since:.0f} s)", flush=True)
    missed = sum(figure.verdict == "MISS" for figure in figures)
    print(f"\n{table(figures)}\n\n{len(figures)} figures, {missed} misses, {time.monotonic() - begun:.0f} s")
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
