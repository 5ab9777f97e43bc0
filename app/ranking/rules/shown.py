"""Rows of the ranking as text: one decimal, a dash for missing values, a dot per reviewer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.ranking.rules.alarms import STRICT, AlarmKind
from app.ranking.rules.board import Ranked, ReviewerRow
from app.ranking.rules.figures import Figures, Measure
from app.ranking.rules.listing import Entry

NOTHING = "–"
FULL, MIDDLE, STEPS_PER_POINT = 100, 50, 2  # a scale from 25 points stricter to 25 points milder
EVEN = 0.05  # below it, one decimal shows zero
Write = Callable[[float], str]


class RankingLine(NamedTuple):
    """One application. `parts`: the mean of each criterion; `dots`: each reviewer's score from 0 to 100, `dots_label`
    as text.

    `near`: its place in the band around the cut-off; `apart`: the criteria on which reviewers differ, with the points.
    `missing`, `outlier`: reviews, points; 0 when there is nothing to say.
    """

    file: Ranked
    rank: str
    parts: list[str]
    raw: str
    corrected: str
    corrected_rank: int | None
    median: str
    spread: str
    dots: list[int]
    dots_label: str
    readings: int
    near: float | None
    distance: str
    apart: str
    missing: int
    outlier: int
    changed: bool


class ReviewerLine(NamedTuple):
    """One reviewer. `load`, `done`: per cent, for the bar; `place`: of the severity dot, or None; `points`: its size.

    `mild`: positive for mild, negative for strict, zero for average.
    """

    name: str
    read: int
    given: int
    load: int
    done: int
    mean: str
    place: int | None
    points: str
    mild: int
    far: bool


def ranking_line(entry: Entry, measures: Sequence[Measure], write: Write) -> RankingLine:
    """The row of an application."""
    row, own = entry.row, entry.row.figures
    odd = {one.kind: one.number for one in entry.alarms}
    apart = [f"{one.code} ({one.number})" for one in entry.alarms if one.kind == AlarmKind.WIDE]
    return RankingLine(
        file=row.file,
        rank=str(row.rank or NOTHING),
        parts=[write(part.mean) if part else NOTHING for part in own.parts or [None] * len(measures)],
        raw=_written(own.raw, write),
        corrected=_written(row.corrected, write),
        corrected_rank=row.corrected_rank if row.corrected_rank != row.rank else None,
        median=_written(own.median, write),
        spread=_spread(own, write),
        dots=[_percent(value) for value, _reader in own.means],
        dots_label="; ".join([write(value) for value, _reader in own.means]),
        readings=own.readings,
        near=entry.distance if entry.distance is None or abs(entry.distance) >= EVEN else 0.0,
        distance=write(abs(entry.distance)) if entry.distance is not None else "",
        apart=", ".join(apart),
        missing=odd.get(AlarmKind.FEW, 0),
        outlier=odd.get(AlarmKind.OUTLIER, 0),
        changed=AlarmKind.CHANGED in odd,
    )


def reviewer_lines(rows: Sequence[ReviewerRow], write: Write) -> list[ReviewerLine]:
    """The rows of all reviewers; the longest bar is that of the reviewer with most assignments."""
    most = max((row.reviewer.given for row in rows), default=0) or 1
    return [_reviewer_line(row, most, write) for row in rows]


def _reviewer_line(row: ReviewerRow, most: int, write: Write) -> ReviewerLine:
    points = row.mildness or 0.0
    even = abs(points) < EVEN
    return ReviewerLine(
        name=row.reviewer.name,
        read=row.read,
        given=row.reviewer.given,
        load=_percent(FULL * row.reviewer.given / most),
        done=_percent(FULL * row.read / row.reviewer.given) if row.reviewer.given else 0,
        mean=_written(row.mean, write),
        place=None if row.mildness is None else _percent(MIDDLE + STEPS_PER_POINT * points),
        points=write(abs(points)),
        mild=0 if even else 1 if points > 0 else -1,
        far=abs(points) >= STRICT,
    )


def _spread(own: Figures, write: Write) -> str:
    """Highest minus lowest, and the standard deviation; neither with one review."""
    if own.spread is None or own.deviation is None:
        return ""
    return f"{write(own.spread)} (σ\u00a0{write(own.deviation)})"


def _written(value: float | None, write: Write) -> str:
    return NOTHING if value is None else write(value)


def _percent(value: float) -> int:
    return min(FULL, max(0, round(value)))
