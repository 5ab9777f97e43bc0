"""The ranking of a call as a table: one line per file in the order of the values, names of columns that stay."""

from collections.abc import Sequence

from app.ranking.rules import Board, Measure

FIRST = ("rank", "reference", "title", "language")
LAST = ("raw", "corrected", "median", "spread", "readings")
PLACES = 2  # decimals


def columns(measures: Sequence[Measure]) -> list[str]:
    """rank, reference, title, language, a column for each criterion by its code, raw, corrected, and so on."""
    return [*FIRST, *(f"criterion_{measure.code}" for measure in measures), *LAST]


def lines(board: Board) -> list[tuple[object, ...]]:
    """The files, highest value first; what was not scored is an empty cell and never a zero."""
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
