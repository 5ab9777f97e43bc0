"""The ranking of a call as a table, sorted by value, with stable column names."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.exports.columns import Column, described
from app.core.extension_points import ExtensionPoint
from app.ranking.rules.board import Board
from app.ranking.rules.figures import Measure

PLACES = 2  # decimals
# Extension point: additional columns of the page: heading, and the text per application, by application ids.
COLUMNS = ExtensionPoint[tuple[Any, Callable[[list[int]], dict[int, str]]]]("ranking_columns")


def columns(measures: Sequence[Measure]) -> list[Column]:
    """rank, reference, title, language, a column per criterion by its code, raw, corrected, and so on."""
    return described(lambda language: _meanings(measures, language))


def _meanings(measures: Sequence[Measure], language: str) -> dict[str, str]:
    return {
        "rank": _("Place in the ranking"),
        "reference": _("Reference"),
        "title": _("Project"),
        "language": _("Language of the file"),
        **{f"criterion_{one.code}": f"{one.code}, {one.title[language]}" for one in measures},
        "raw": _("Weighted mean of the readers, from 0 to 100"),
        "corrected": _("The same, corrected for strict and mild readers"),
        "median": _("Median of the readers"),
        "spread": _("Spread between the readers"),
        "readings": _("Readings that count"),
    }


def lines(board: Board) -> list[tuple[object, ...]]:
    """The applications, highest value first; a missing score is an empty cell, never zero."""
    return [_line(board, file) for file in board.order()]


def _line(board: Board, file: int) -> tuple[object, ...]:
    row = board.row(file)
    own, figures = row.file, row.figures
    parts = figures.parts or [None] * len(board.sheet.measures)
    means = [_rounded(part.mean) if part else None for part in parts]
    after = [_rounded(value) for value in (figures.raw, row.corrected, figures.median, figures.spread)]
    return (row.rank, own.reference, own.title, own.language, *means, *after, figures.readings)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES)
