"""What the home page tells first, and when the house can receive people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

MOST_FIGURES = 4
LONGEST_WAIT = timedelta(minutes=15)


class Counted(Protocol):
    """A figure of an indicator over some years."""

    @property
    def key(self) -> str: ...

    @property
    def period(self) -> tuple[int, int]: ...


AnyFigure = TypeVar("AnyFigure", bound=Counted)


def headline(figures: Sequence[AnyFigure]) -> list[AnyFigure]:
    """The figures of one stretch of years, that of the first: counts of different years do not stand in a row.

    `figures` come in the order of their indicators, the newest of each last.
    """
    leading = [figure.period for figure in figures if figure.key == figures[0].key]
    return [figure for figure in figures if figure.period == leading[-1]][:MOST_FIGURES]


def is_stuck(waiting_since: datetime | None, at: datetime) -> bool:
    """Has a letter been due for so long that nobody can be carrying letters any more?

    A mail server that is away does not count: each failed try makes the letter due again later.
    """
    return waiting_since is not None and at - waiting_since > LONGEST_WAIT
