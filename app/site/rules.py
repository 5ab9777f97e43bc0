"""What the home page tells first, and when the house can receive people."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _l

MOST_FIGURES = 4
PART_OF = {"running": "projects"}  # counted within another figure, so never beside it
LONGEST_WAIT = timedelta(minutes=15)
# What can be found, as people call it.
KINDS = {
    "programme": _l("Programme"),
    "enterprise": _l("Enterprise"),
    "event": _l("Agenda"),
    "article": _l("News"),
    "indicator": _l("Figure"),
    "page": _l("Page"),
}


class Counted(Protocol):
    """A figure of an indicator over some years."""

    @property
    def key(self) -> str: ...

    @property
    def period(self) -> tuple[int, int]: ...

    @property
    def as_of(self) -> date: ...


AnyFigure = TypeVar("AnyFigure", bound=Counted)


def headline(figures: Sequence[AnyFigure]) -> list[tuple[AnyFigure, AnyFigure | None]]:
    """The figures of one stretch of years, that of the first, each with the part of it that was counted the same day.

    `figures` come in the order of their indicators, the newest of each last. Counts of different years never stand
    in one row.
    """
    wholes = [figure for figure in figures if figure.key not in PART_OF]
    leading = [figure.period for figure in wholes if figure.key == wholes[0].key]
    parts = {(PART_OF[figure.key], figure.as_of): figure for figure in figures if figure.key in PART_OF}
    together = {figure.key: figure for figure in wholes if figure.period == leading[-1]}
    return [(figure, parts.get((key, figure.as_of))) for key, figure in together.items()][:MOST_FIGURES]


def is_stuck(waiting_since: datetime | None, at: datetime) -> bool:
    """Has a letter been due for so long that nobody can be carrying letters any more?

    A mail server that is away does not count: each failed try makes the letter due again later.
    """
    return waiting_since is not None and at - waiting_since > LONGEST_WAIT
