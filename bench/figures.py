"""Measurements beside their goals, as a table."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

ROUNDS = 3
HEAD = ("row", "what", "found", "goal", "", "side by side")


@dataclass(frozen=True)
class Figure:
    """One row. `row`: of PERFORMANCE.md, or with a Q of QUALITY.md; `beside`: what it was compared with."""

    row: str
    what: str
    found: float
    unit: str = ""
    least: float | None = None
    most: float | None = None
    beside: str = ""

    @property
    def verdict(self) -> str:
        """True when it reaches its goal; None without one."""
        if self.least is None and self.most is None:
            return ""
        short = self.least is not None and self.found < self.least
        over = self.most is not None and self.found > self.most
        return "MISS" if short or over else "ok"

    @property
    def goal(self) -> str:
        """The goal as text."""
        signs = [f"≥ {number(self.least)}" if self.least is not None else ""]
        signs += [f"≤ {number(self.most)}" if self.most is not None else ""]
        return " ".join(filter(None, signs))

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the row."""
        return self.row, self.what, f"{number(self.found)} {self.unit}".strip(), self.goal, self.verdict, self.beside


def number(value: float) -> str:
    """With as many digits as are meaningful."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def table(figures: list[Figure]) -> str:
    """All lines, in the order of the rows."""
    ordered = sorted(figures, key=lambda one: (one.row.startswith("Q"), int(one.row.strip("Q"))))
    lines = [HEAD, *(one.cells for one in ordered)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    drawn.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(drawn)


def in_rounds(works: Mapping[str, Callable[[], T]], rounds: int = ROUNDS) -> dict[str, list[T]]:
    """Run each once per round, alternating, so that a slow moment of the machine affects all of them."""
    found: dict[str, list[T]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def median(values: list[float]) -> float:
    return statistics.median(values)
