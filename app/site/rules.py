"""Home page figures, and readiness."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _l

MOST_FIGURES = 4
PART_OF = {"running": "projects"}  # contained in another figure, so never beside it
LONGEST_WAIT = timedelta(minutes=15)
# Labels of the kinds of search results.
KINDS = {
    "programme": _l("Programme"),
    "idea": _l("Idea"),
    "enterprise": _l("Enterprise"),
    "event": _l("Agenda"),
    "article": _l("News"),
    "indicator": _l("Figure"),
    "page": _l("Page"),
    "question": _l("Question"),
}


class Counted(Protocol):
    """A value of an indicator over some years."""

    @property
    def key(self) -> str: ...

    @property
    def period(self) -> tuple[int, int]: ...

    @property
    def as_of(self) -> date: ...


AnyFigure = TypeVar("AnyFigure", bound=Counted)


def headline(figures: Sequence[AnyFigure]) -> list[tuple[AnyFigure, AnyFigure | None]]:
    """The figures of one period, that of the first, each with the part counted on the same day.

    `figures` come in indicator order, newest last. Counts of different periods are never shown together.
    """
    wholes = [figure for figure in figures if figure.key not in PART_OF]
    leading = [figure.period for figure in wholes if figure.key == wholes[0].key]
    parts = {(PART_OF[figure.key], figure.as_of): figure for figure in figures if figure.key in PART_OF}
    together = {figure.key: figure for figure in wholes if figure.period == leading[-1]}
    return [(figure, parts.get((key, figure.as_of))) for key, figure in together.items()][:MOST_FIGURES]


def is_stuck(waiting_since: datetime | None, at: datetime) -> bool:
    """True when a letter has been due for so long that no worker can be running.

    An unreachable mail server does not count: each failed try postpones the letter.
    """
    return waiting_since is not None and at - waiting_since > LONGEST_WAIT
